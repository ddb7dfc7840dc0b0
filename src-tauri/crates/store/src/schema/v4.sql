-- Version 4: search in every script, and columns that are read in one go at the start.

-- Texts are prepared before they go into the index (see fold.rs). Those that were entered before are entered again, bit by
-- bit: up to which delivery that is done, and the last one that it concerns.
INSERT INTO setting(key, value)
SELECT 'words_to_prepare', '0 ' || max(id) FROM delivery HAVING max(id) IS NOT NULL;

-- The keys of some thousand events in a row that have not changed for a while, packed (src/stretches). Whatever changes
-- what one of them tells takes its stretch away in the same transaction: the triggers see to it, whoever writes.
CREATE TABLE stretch(
  first  INTEGER PRIMARY KEY,         -- the place of its first event
  last   INTEGER NOT NULL,            -- and of its last
  events INTEGER NOT NULL,
  form   INTEGER NOT NULL,            -- how it is packed
  bytes  BLOB NOT NULL
) STRICT;

-- Most events are newer than all that is packed: one look tells.
CREATE TRIGGER stretch_event_new AFTER INSERT ON event
WHEN new.id <= (SELECT last FROM stretch ORDER BY first DESC LIMIT 1)
BEGIN
  DELETE FROM stretch WHERE last >= new.id
    AND first = (SELECT s.first FROM stretch s WHERE s.first <= new.id ORDER BY s.first DESC LIMIT 1);
END;
CREATE TRIGGER stretch_event_gone AFTER DELETE ON event
WHEN old.id <= (SELECT last FROM stretch ORDER BY first DESC LIMIT 1)
BEGIN
  DELETE FROM stretch WHERE last >= old.id
    AND first = (SELECT s.first FROM stretch s WHERE s.first <= old.id ORDER BY s.first DESC LIMIT 1);
END;
CREATE TRIGGER stretch_event_other
AFTER UPDATE OF id, delivery, action, location, person, flags, amount ON event
WHEN old.id <= (SELECT last FROM stretch ORDER BY first DESC LIMIT 1)
  AND (old.id, old.delivery, old.action, old.location, old.person, old.flags, old.amount)
    IS NOT (new.id, new.delivery, new.action, new.location, new.person, new.flags, new.amount)
BEGIN
  DELETE FROM stretch WHERE last >= old.id
    AND first = (SELECT s.first FROM stretch s WHERE s.first <= old.id ORDER BY s.first DESC LIMIT 1);
  DELETE FROM stretch WHERE last >= new.id
    AND first = (SELECT s.first FROM stretch s WHERE s.first <= new.id ORDER BY s.first DESC LIMIT 1);
END;
CREATE TRIGGER stretch_act_new AFTER INSERT ON act
WHEN new.event <= (SELECT last FROM stretch ORDER BY first DESC LIMIT 1)
BEGIN
  DELETE FROM stretch WHERE last >= new.event
    AND first = (SELECT s.first FROM stretch s WHERE s.first <= new.event ORDER BY s.first DESC LIMIT 1);
END;
CREATE TRIGGER stretch_act_gone AFTER DELETE ON act
WHEN old.event <= (SELECT last FROM stretch ORDER BY first DESC LIMIT 1)
BEGIN
  DELETE FROM stretch WHERE last >= old.event
    AND first = (SELECT s.first FROM stretch s WHERE s.first <= old.event ORDER BY s.first DESC LIMIT 1);
END;
CREATE TRIGGER stretch_act_other AFTER UPDATE ON act
WHEN old.event <= (SELECT last FROM stretch ORDER BY first DESC LIMIT 1)
BEGIN
  DELETE FROM stretch WHERE last >= old.event
    AND first = (SELECT s.first FROM stretch s WHERE s.first <= old.event ORDER BY s.first DESC LIMIT 1);
END;
