-- owner: speech · lock: none (new table) · expand
create table heard_speech (
  -- Heard once, whoever asks how often.
  asset_id text primary key,
  upload_id text not null,
  state text not null check (state in ('waiting', 'hearing', 'done', 'failed')),
  progress real not null,
  cues jsonb,
  changed_at timestamptz not null
);
create index heard_speech_by_change on heard_speech (changed_at);
