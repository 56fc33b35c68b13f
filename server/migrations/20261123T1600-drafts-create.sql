-- owner: drafts · lock: none (new tables) · expand
-- Ids come from devices, so that they are one's own only within an account.
create table drafts (
  account_id text not null,
  id text not null,
  revision integer not null,
  list jsonb not null,
  -- The sources of the list that have bytes.
  needs text[] not null,
  duration_ms integer not null,
  clips integer not null,
  device text,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (account_id, id)
);
create index drafts_by_change on drafts (account_id, changed_at desc, id desc);

-- Its bytes lie at drafts/{folder}/{part}; a folder is never used again.
create table draft_materials (
  folder text primary key,
  account_id text not null,
  draft_id text not null,
  take_id text not null,
  facts jsonb not null,
  mime text not null,
  bytes bigint not null,
  parts text[] not null,
  -- The numbers of the parts that are on the disk, and their bytes.
  here integer[] not null,
  bytes_here bigint not null,
  announced_at timestamptz not null,
  unique (account_id, draft_id, take_id),
  foreign key (account_id, draft_id) references drafts (account_id, id)
);
