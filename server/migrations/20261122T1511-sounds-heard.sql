-- owner: sounds · lock: sounds (reads and writes wait while it is written anew) · expand
alter table sounds
  -- A short name for the many rows of landmarks; it also says which sound was there first.
  add column no integer generated always as identity,
  -- What it is listened to in, and when that was done.
  add column asset_id text,
  add column heard_at timestamptz,
  -- A known sound that this one was recognised as, and that may not be used: its owner is told.
  add column resembles text;
create unique index sounds_by_no on sounds (no);
create index sound_uses_by_sound on sound_uses (sound_id, video_id) where not gone;

-- What sounds are recognised by. `at` in steps of 256 / 11,025 s.
create table sound_landmarks (
  hash integer not null,
  sound_no integer not null,
  at integer not null,
  primary key (hash, sound_no, at)
);
create index sound_landmarks_by_sound on sound_landmarks (sound_no);
