-- owner: feed · lock: feed_pages (writes wait while the index is built) · expand
-- Which variant of which running experiment the page was made by: {"key:variant"}. Null: of none.
alter table feed_pages add column variants text[];
-- A signal names its page: what was predicted, and by which variant, stands there.
create index feed_pages_by_page_id on feed_pages (page_id);
-- Pages that nobody has counted yet: written with the page, taken away in the transaction that counts it.
create table feed_pages_uncounted (
  session_id text not null,
  page integer not null
);
