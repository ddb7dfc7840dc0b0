-- Version 4: search in every script, and columns that are read in one go at the start.

-- Texts are prepared before they go into the index (see fold.rs). Those that were entered before are entered again, bit by
-- bit: up to which delivery that is done, and the last one that it concerns.
INSERT INTO setting(key, value)
SELECT 'words_to_prepare', '0 ' || max(id) FROM delivery HAVING max(id) IS NOT NULL;
