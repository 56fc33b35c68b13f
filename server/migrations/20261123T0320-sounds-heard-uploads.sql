-- owner: sounds · lock: none (new table) · expand
create table heard_uploads (
  -- Heard once, whoever asks how often.
  asset_id text primary key,
  -- The known sound that is heard in it.
  known text,
  done boolean not null default false,
  changed_at timestamptz not null
);
create index heard_uploads_by_change on heard_uploads (changed_at);
