-- owner: accounts · lock: none (new table) · expand
-- What the handles of people who left look like, as SHA-256: nobody else gets one that could be taken for theirs.
create table left_handles (
  skeleton_hash bytea primary key
);
