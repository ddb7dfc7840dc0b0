-- Version 2: the gap ledger, and how reachable we were.

-- Stretches in which deliveries may be missing; at most the newest is open.
CREATE TABLE gap(
  id      INTEGER PRIMARY KEY,        -- in order of time
  from_at INTEGER NOT NULL,
  to_at   INTEGER,                    -- null while it is open
  held    INTEGER                     -- the end that an open one has had before; it never ends earlier
) STRICT;

-- From then on within the gap, this kept deliveries out.
CREATE TABLE gap_cause(
  id      INTEGER PRIMARY KEY,
  gap     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  cause   INTEGER NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX gap_cause_gap ON gap_cause(gap);

-- Changes of state of the way to be reachable; only the newest some thousand stay.
CREATE TABLE reach(
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  way     TEXT NOT NULL,
  state   TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
