-- owner: posts · lock: videos (for a moment) · expand
-- Words drawn into the picture (texts of the studio, captions that are part of it), for those who mute words.
alter table videos add column picture_texts text[] not null default '{}';
