-- owner: recommend · lock: none (new tables) · expand
create table recommend_snapshots (
  id bigint generated always as identity primary key,
  library text not null,
  last_seq bigint not null,
  taken_at timestamptz not null,
  parts integer not null
);
-- In parts: a value of hundreds of megabytes would be held several times on its way.
create table recommend_snapshot_parts (
  snapshot_id bigint not null references recommend_snapshots (id) on delete cascade,
  part integer not null,
  bytes bytea not null,
  primary key (snapshot_id, part)
);
alter table recommend_snapshot_parts alter column bytes set storage external;
