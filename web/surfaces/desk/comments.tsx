import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { MessageCircle } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DeskComment } from '../../../contract/comments.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';
import { DeleteComment, Said } from '../comments/said.tsx';
import styles from './comments.module.css';
import { DeskFrame } from './desk-frame.tsx';

const queryKey = ['desk-comments'];

/** What people write here, under whichever video, to be read and removed. */
export function DeskCommentsSurface() {
  const { say } = useWords();
  return (
    <DeskFrame here="deskComments" title={say('comments.desk.title')} lead={say('comments.desk.lead')}>
      <Latest />
    </DeskFrame>
  );
}

function Latest() {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const place = useRef<HTMLDivElement>(null);
  const [deleting, setDeleting] = useState<DeskComment | null>(null);
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => api.deskComments(pageParam ? { cursor: pageParam } : {}, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const comments = list.data?.pages.flatMap((page) => page.comments) ?? [];
  if (list.isPending) return <Skeleton width="100%" height="20rem" />;
  if (list.isError && comments.length === 0)
    return (
      <ErrorState title={say('comments.failed')} onRetry={() => void list.refetch()}>
        <p>{problemSentence(words, list.error)}</p>
      </ErrorState>
    );
  return (
    <div ref={place} tabIndex={-1} className={styles.place}>
      {comments.length === 0 && (
        <EmptyState
          icon={<MessageCircle size={34} aria-hidden="true" />}
          title={say('comments.desk.none.title')}
        >
          <p>{say('comments.desk.none.text')}</p>
        </EmptyState>
      )}
      {comments.length > 0 && (
        <ul className={styles.list} aria-label={say('comments.list')}>
          {comments.map((comment) => (
            <One key={comment.id} comment={comment} onDelete={() => setDeleting(comment)} />
          ))}
        </ul>
      )}
      {list.isError && <p role="alert">{problemSentence(words, list.error)}</p>}
      {list.hasNextPage && (
        <div>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {say('comments.more')}
          </Button>
        </div>
      )}
      {deleting && (
        <DeleteComment
          comment={deleting}
          remove={async () => {
            await api.deleteComment(deleting.id);
            toast(say('comments.desk.deleted'));
            void queries.invalidateQueries({ queryKey });
            // The row that had the focus goes.
            setTimeout(() => place.current?.focus());
          }}
          onClose={() => setDeleting(null)}
        />
      )}
    </div>
  );
}

function One({ comment, onDelete }: { comment: DeskComment; onDelete: () => void }) {
  const { say, rich } = useWords();
  const { author, video } = comment;
  return (
    <li className={styles.row}>
      <Avatar name={author.displayName} url={author.avatarUrl} size={40} />
      <Said
        comment={comment}
        name={`@${author.handle}`}
        mark={comment.replyTo && <span>{say('comments.desk.reply')}</span>}
      >
        <p className={styles.where}>
          {rich('comments.desk.under', {
            caption: video.caption || say('grid.noCaption'),
            handle: video.handle,
            video: (parts) => (
              <Link href={paths.video(video.handle, video.id)}>
                <bdi>{parts}</bdi>
              </Link>
            ),
          })}
        </p>
      </Said>
      <Button small aria-label={say('comments.delete.name', { name: author.displayName })} onClick={onDelete}>
        {say('comments.delete')}
      </Button>
    </li>
  );
}
