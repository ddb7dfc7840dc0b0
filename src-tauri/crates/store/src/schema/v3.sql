-- Version 3: what changed, one act under several actions, and names and places that are learnt.

-- event.sentence holds a saying (nexwatch_nexudus::Saying) from now on. What was kept before is a finished sentence: a
-- saying, too.

-- Events that tell of an act which another one tells better: the head. A head is not in here itself. A table of its own,
-- because few events have one, and because who only reads an older database can do as if it were there and empty.
CREATE TABLE act(
  event INTEGER PRIMARY KEY,
  head  INTEGER NOT NULL
) STRICT;

-- A thing's events in order of place.
CREATE INDEX event_resource ON event(resource) WHERE resource <> 0;

-- Names of fields that have changed; a stranger could make them up, so there is an end to them.
CREATE TABLE field(
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- In which fields an event differs from the state before it.
CREATE TABLE change(
  field INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY(field, event)
) STRICT, WITHOUT ROWID;

-- How persons are called and written to, by the newest that told: other bodies only have their id.
CREATE TABLE contact(
  kind      INTEGER NOT NULL,
  id        INTEGER NOT NULL,
  name      TEXT,
  named_by  INTEGER NOT NULL,         -- the place of the event that told the name; 0 is none
  email     TEXT,
  mailed_after INTEGER NOT NULL,      -- so much later is the place of the one that told the address: mostly the same
  PRIMARY KEY(kind, id)
) STRICT, WITHOUT ROWID;

-- Where rooms and desks are, by the platform's ids.
CREATE TABLE resource_place(
  resource INTEGER PRIMARY KEY,
  location INTEGER NOT NULL,
  told_by  INTEGER NOT NULL,          -- the place of the event that told it
  behind   INTEGER NOT NULL           -- 1 while its older bookings may still lack the location
) STRICT;

-- Whose events they are, too: persons beside the first.
CREATE TABLE involved(
  person INTEGER NOT NULL,
  event  INTEGER NOT NULL,
  PRIMARY KEY(person, event)
) STRICT, WITHOUT ROWID;
