-- owner: media · lock: none (new table) · expand
-- Sounds alone: one AAC file each, under an address of its own, since a sound outlives the video it came with.
create table tracks (
  id text primary key,
  -- Null: nobody may fetch it any more; the file goes next, then the row.
  address text unique,
  bytes bigint not null,
  tag text not null
);
create index tracks_going on tracks (id) where address is null;
