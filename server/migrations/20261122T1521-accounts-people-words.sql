-- owner: accounts · lock: none (new table; reads people) · expand
-- What people can be found by while somebody writes a mention: the handle, and each word of the name, as it is searched for.
create table people_words (
  word text collate "C" not null,
  account_id text not null references people (account_id) on delete cascade,
  primary key (word, account_id)
);
create index people_words_by_account on people_words (account_id);
insert into people_words
  select distinct word, account_id from people,
    regexp_split_to_table(
      regexp_replace(lower(normalize(handle || ' ' || display_name, NFKD)), '[\u0300-\u036f\u064b-\u065f]', '', 'g'),
      '\s+') as word
  where word <> '';
