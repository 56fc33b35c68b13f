-- owner: posts · lock: none (new table; reads video_tags) · expand
-- How many public videos have a tag, to offer tags to those who write. `key`: the tag as it is searched for.
create table tag_counts (
  tag text primary key,
  key text collate "C" not null,
  videos integer not null
);
insert into tag_counts
  select tag, regexp_replace(normalize(tag, NFKD), '[\u0300-\u036f\u064b-\u065f]', '', 'g'), count(*)
  from video_tags group by tag;
-- The most used that begin so, without reading all that do.
create index tag_counts_by_use on tag_counts (videos desc, tag);
create index tag_counts_by_1 on tag_counts (left(key, 1), videos desc, tag);
create index tag_counts_by_2 on tag_counts (left(key, 2), videos desc, tag);
create index tag_counts_by_3 on tag_counts (left(key, 3), videos desc, tag);
create index tag_counts_by_5 on tag_counts (left(key, 5), videos desc, tag);
