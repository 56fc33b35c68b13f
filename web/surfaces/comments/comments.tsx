import { X } from 'lucide-react';
import {
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Comment } from '../../../contract/comments.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusStage } from '../feed/deeds.ts';
import type { Feed, ShownVideo } from '../feed/feed.store.ts';
import { CommentList } from './comment-list.tsx';
import styles from './comments.module.css';
import { Composer } from './composer.tsx';
import { createConversation } from './conversation.ts';
import { DeleteComment } from './said.tsx';

/** As wide as where the stage has a column beside it. */
const wide = matchMedia('(min-width: 80rem)');
const watchWide = (tell: () => void) => {
  wide.addEventListener('change', tell);
  return () => wide.removeEventListener('change', tell);
};

/**
 * What people say about the video on the stage: beside it where there is room, else a sheet over it. It follows the
 * stage to the next video.
 */
export function Comments({
  feed,
  item: { video },
  className,
  onClose,
}: {
  feed: Feed;
  item: ShownVideo;
  className?: string;
  onClose: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const isWide = useSyncExternalStore(watchWide, () => wide.matches);
  const { id } = video;
  const talk = useMemo(
    () =>
      createConversation(
        {
          list: (page) => api.videoComments(id, page),
          replies: (comment, page) => api.commentReplies(comment, page),
          write: (words) => api.writeComment(id, words),
          remove: (comment) => api.deleteComment(comment),
        },
        (comments) => feed.changeVideo(id, (one) => ({ ...one, counts: { ...one.counts, comments } })),
      ),
    [feed, id],
  );
  useEffect(() => void talk.open(), [talk]);
  const state = useSyncExternalStore(talk.state.subscribe, talk.state.get);
  const [answering, setAnswering] = useState<Comment | null>(null);
  const [deleting, setDeleting] = useState<Comment | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another video it is another conversation
  useEffect(() => setAnswering(null), [id]);
  const count = state.phase === 'waiting' ? video.counts.comments : state.count;
  const title = say('comments.title', { count, short: figures.compact(count) });
  const Frame = isWide ? Beside : Sheet;
  return (
    <Frame
      title={title}
      className={className}
      onClose={onClose}
      foot={
        <Composer
          key={id}
          talk={talk}
          state={state}
          video={video}
          feed={feed}
          answering={answering}
          onAnswered={() => setAnswering(null)}
        />
      }
    >
      <CommentList talk={talk} state={state} onAnswer={setAnswering} onDelete={setDeleting} />
      {deleting && (
        <DeleteComment
          comment={deleting}
          remove={async () => {
            const list = document.querySelector<HTMLElement>('[data-comments]');
            await talk.remove(deleting);
            // The row that had the focus is gone.
            setTimeout(() => list?.focus());
          }}
          onClose={() => setDeleting(null)}
        />
      )}
    </Frame>
  );
}

type FrameProps = {
  title: string;
  className?: string;
  onClose: () => void;
  foot: ReactNode;
  children: ReactNode;
};

function Sheet({ title, onClose, foot, children }: FrameProps) {
  return (
    <Dialog title={title} beside low onClose={onClose} actions={<div className={styles.foot}>{foot}</div>}>
      {children}
    </Dialog>
  );
}

/** In the page itself, so that the stage goes on being used; the focus comes in once, and goes back at the end. */
function Beside({ title, className, onClose, foot, children }: FrameProps) {
  const { say } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      const isThere = before !== document.body && before?.isConnected && !before.closest('[inert]');
      if (isThere) (before as HTMLElement).focus();
      else focusStage();
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      onClose();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className={className} aria-labelledby={id}>
      <div className={styles.beside}>
        <header className={styles.head}>
          <h2 ref={heading} id={id} tabIndex={-1}>
            {title}
          </h2>
          <IconButton label={say('ui.close')} icon={<X size={22} aria-hidden="true" />} onClick={onClose} />
        </header>
        <div className={styles.body}>{children}</div>
        <div className={styles.foot}>{foot}</div>
      </div>
    </aside>
  );
}
