-- Version 6: the events of an entity by its kind as well, so that its newest state is found in one step.

-- What was in a table of its own, written to with each event, is told by that index.
DROP INDEX event_entity;
CREATE INDEX event_entity ON event(entity_id, entity) WHERE entity_id IS NOT NULL;
DROP TABLE entity;
