-- owner: posts · lock: video_tags, for moments (a column with a constant default), then row locks of the update · expand
-- What the writers of public videos chose as topics beside a tag: topics are suggested from it.
alter table video_tags add column topics text[] not null default '{}';
update video_tags t set topics = v.topics from videos v where v.id = t.video_id and v.topics <> '{}';
create table tag_topics (
  tag text not null,
  topic text not null,
  videos integer not null,
  primary key (tag, topic)
);
insert into tag_topics
  select tag, topic, count(*) from video_tags, unnest(topics) as topic group by tag, topic;
