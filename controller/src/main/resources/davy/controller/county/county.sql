-- The tables of davy county. Made where they are missing, by one receiver at a time.
select pg_advisory_xact_lock(hashtext('davy county schema'));

create table if not exists station (
  id serial primary key,
  mine text not null,
  name text not null,
  last_seen timestamptz,
  told text not null default '', -- its latest message of the topic evidence
  unique (mine, name)
);

-- A journal of a station is an epoch: a station that lost its journal begins another.
create table if not exists journal (
  id serial primary key,
  station integer not null references station,
  epoch text not null,
  seq bigint not null default 0,        -- everything up to here is kept, except what gaps name
  hash text not null default repeat('0', 64),
  signed_seq bigint not null default 0, -- signatures vouch for everything up to here
  damaged_to bigint not null default 0, -- a line that is no record stands there in its place
  unique (station, epoch)
);

-- The evidence: each line as it stands in the station's journal.
create table if not exists record (
  journal integer not null,
  seq bigint not null,
  whole boolean not null, -- false: the line does not fit its own hash
  line text not null,
  primary key (journal, seq, whole)
);

-- Records of the code journal.key, for a receiver that goes on.
create table if not exists key (
  journal integer not null references journal,
  fingerprint text not null,
  line text not null,
  primary key (journal, fingerprint)
);

create table if not exists finding (
  station integer not null references station,
  epoch text not null,
  kind text not null,
  seq bigint not null,
  what text not null,
  noticed timestamptz not null default now(),
  primary key (station, epoch, seq, what)
);

create table if not exists alarm (
  station integer not null references station,
  name text not null,
  life text not null, -- empty: over
  seq bigint not null,
  since text not null,
  primary key (station, name)
);
