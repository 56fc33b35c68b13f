-- owner: posts · lock: exclusive for a moment (no table is rewritten) · expand
-- The language of the video's own captions; null: as the video's.
alter table videos add column cues_language text;
-- In which languages there are more, in the order they were added.
alter table videos add column caption_languages text[] not null default '{}';

create table video_captions (
  video_id text not null,
  language text not null,
  cues jsonb not null,
  changed_at timestamptz not null,
  primary key (video_id, language)
);
