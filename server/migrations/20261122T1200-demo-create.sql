-- owner: demo · lock: none (new tables) · expand
create table demo_state (
  only_row boolean primary key default true check (only_row),
  state text not null check (state in ('making', 'ready', 'removing', 'removed'))
);
create table demo_clips (
  clip_id text primary key,
  video_id text not null,
  made_at timestamptz not null
);
