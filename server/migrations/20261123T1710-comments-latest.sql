-- owner: comments · lock: comments (writes wait while the index is made) · expand
-- All of them, newest first, for operators.
create index comments_latest on comments (created_at desc, id desc) where deleted_at is null;
