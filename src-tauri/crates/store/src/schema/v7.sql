-- Version 7: what events are asked for by, in one table that is entered by the thousand (src/ties.rs).

-- kind: 0 a resource, 1 a person beside the first (key: the store's); 2 and the entity's kind: an entity (key: the platform's id).
CREATE TABLE tie(
  kind  INTEGER NOT NULL,
  key   INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY(kind, key, event)
) STRICT, WITHOUT ROWID;

-- Those of the newest events, a transaction's together: kind (2 bytes), key, event (8 each), little-endian. Some may be in
-- the other table as well.
CREATE TABLE tie_recent(
  id      INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
) STRICT;

INSERT INTO tie(kind, key, event)
SELECT 0, resource, id FROM event WHERE resource <> 0 ORDER BY resource, id;
INSERT INTO tie(kind, key, event)
SELECT 1, person, event FROM involved ORDER BY person, event;
INSERT INTO tie(kind, key, event)
SELECT 2 + entity, entity_id, id FROM event WHERE entity_id IS NOT NULL ORDER BY entity, entity_id, id;

DROP INDEX event_entity;
DROP INDEX event_resource;
DROP TABLE involved;
