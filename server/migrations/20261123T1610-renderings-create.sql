-- owner: renderings · lock: none (new table) · expand
-- At most one of a draft: asking for a later revision puts it in the place of the earlier.
create table renderings (
  account_id text not null,
  draft_id text not null,
  revision integer not null,
  state text not null,
  progress real not null,
  fault text,
  -- Given before there is an upload, so that a job that runs twice makes one.
  upload_id text not null,
  wished_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (account_id, draft_id)
);
create index renderings_under_way on renderings (wished_at) where state in ('waiting', 'making');
create index renderings_by_change on renderings (changed_at);
