-- Version 1. Times are milliseconds since 1970 (UTC) unless said otherwise.

CREATE TABLE setting(
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What most deliveries share is kept once.
CREATE TABLE headers(
  id   INTEGER PRIMARY KEY,
  json TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE route(
  id       INTEGER PRIMARY KEY,
  action   TEXT NOT NULL,             -- as the URL had it; '' is none
  location INTEGER NOT NULL,          -- 0 is none
  UNIQUE(action, location)
) STRICT;

-- Names. A person or resource that is renamed gets a second row: an event shows the name it came with.
CREATE TABLE action(
  code INTEGER PRIMARY KEY,           -- from 1000; below stand the documented and the inferred ones
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE location(
  id   INTEGER PRIMARY KEY,           -- the platform's
  name TEXT                           -- the newest learnt
) STRICT;
CREATE TABLE person(
  key         INTEGER PRIMARY KEY,
  kind        INTEGER NOT NULL,
  platform_id INTEGER NOT NULL,       -- 0 is none
  name        TEXT NOT NULL,
  UNIQUE(kind, platform_id, name)
) STRICT;
CREATE TABLE resource(
  key         INTEGER PRIMARY KEY,
  platform_id INTEGER NOT NULL,       -- 0 is none
  name        TEXT NOT NULL,
  UNIQUE(platform_id, name)
) STRICT;

CREATE TABLE dictionary(
  id      INTEGER PRIMARY KEY,
  made_at INTEGER NOT NULL,
  bytes   BLOB NOT NULL
) STRICT;

CREATE TABLE delivery(
  id          INTEGER PRIMARY KEY,    -- arrivals in order
  received_at INTEGER NOT NULL,
  source      INTEGER NOT NULL,
  route       INTEGER NOT NULL,
  headers     INTEGER NOT NULL,
  rule        INTEGER NOT NULL,       -- 0 is unsigned
  secret      INTEGER NOT NULL,       -- 0 is none
  event_after INTEGER NOT NULL,       -- its first event, from the first place of its arrival on; the others are in also
  length      INTEGER NOT NULL,       -- of the body as it came, bytes
  body_key    INTEGER NOT NULL,       -- of the body as it came: finds identical ones, see the table below
  dictionary  INTEGER NOT NULL,       -- 0 is plain
  body        BLOB NOT NULL
) STRICT;

-- Deliveries by the keys of their bodies, but for the newest: the writer has those in memory and enters some thousand
-- at a time (setting body_keys_entered).
CREATE TABLE body_key(
  key      INTEGER NOT NULL,
  delivery INTEGER NOT NULL,
  PRIMARY KEY(key, delivery)
) STRICT, WITHOUT ROWID;

CREATE TABLE also(
  delivery INTEGER NOT NULL,
  event    INTEGER NOT NULL,
  PRIMARY KEY(delivery, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE event(
  id          INTEGER PRIMARY KEY,    -- its place in time: see EventId
  delivery    INTEGER NOT NULL,
  position    INTEGER NOT NULL,       -- in the body's array
  action      INTEGER NOT NULL,
  entity      INTEGER NOT NULL,
  entity_id   INTEGER,
  updated_after INTEGER,              -- the body's stamp, 100 ns after the millisecond of the place
  location    INTEGER NOT NULL,       -- 0 is none
  person      INTEGER NOT NULL,       -- 0 is none
  resource    INTEGER NOT NULL,       -- 0 is none
  amount      INTEGER,                -- ten-thousandths
  currency    TEXT,
  sentence    TEXT NOT NULL,
  flags       INTEGER NOT NULL,
  happened_at INTEGER                 -- only where the place is not exact: a full millisecond spills over
) STRICT;
CREATE INDEX event_entity ON event(entity_id) WHERE entity_id IS NOT NULL;

-- The newest known state of everything: which event holds it.
CREATE TABLE entity(
  kind    INTEGER NOT NULL,
  id      INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  span    INTEGER NOT NULL,           -- from the first to the last
  deleted INTEGER NOT NULL,
  PRIMARY KEY(kind, id)
) STRICT, WITHOUT ROWID;

-- Arrivals after the first. The bytes are kept where they differ.
CREATE TABLE repeat(
  id          INTEGER PRIMARY KEY,
  event       INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  identical   INTEGER NOT NULL,
  dictionary  INTEGER,
  body        BLOB
) STRICT;
CREATE INDEX repeat_event ON repeat(event);

CREATE TABLE quarantine(
  id          INTEGER PRIMARY KEY,
  received_at INTEGER NOT NULL,       -- the first arrival
  arrivals    INTEGER NOT NULL,
  source      INTEGER NOT NULL,
  route       INTEGER NOT NULL,
  headers     INTEGER NOT NULL,
  signature   TEXT,
  reason      INTEGER NOT NULL,
  length      INTEGER NOT NULL,
  body_key    INTEGER NOT NULL,
  dictionary  INTEGER NOT NULL,
  body        BLOB NOT NULL
) STRICT;
CREATE INDEX quarantine_body ON quarantine(body_key);
CREATE INDEX quarantine_size ON quarantine(length); -- counts and adds up without touching bodies

-- Which secrets have matched, by their ids; the secrets themselves are never here.
CREATE TABLE secret_mark(
  secret        INTEGER PRIMARY KEY,
  first_matched INTEGER NOT NULL,
  last_matched  INTEGER NOT NULL
) STRICT;

-- The words of each event, under its id. Its own sizes of rows are only for ranking, which is never asked for. No row
-- can be taken out: a hit whose event is gone is passed over, and who removes many makes the index anew.
CREATE VIRTUAL TABLE words USING fts5(
  text,
  content = '',
  columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2'
);
