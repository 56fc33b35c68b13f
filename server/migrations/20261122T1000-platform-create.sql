-- owner: platform · lock: none (new tables) · expand
create table tunables (
  name text primary key,
  value double precision not null,
  changed_at timestamptz not null
);
create table tunable_changes (
  name text not null,
  value double precision not null,
  account_id text not null,
  changed_at timestamptz not null
);
create index tunable_changes_by_name on tunable_changes (name, changed_at desc);
