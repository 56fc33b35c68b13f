import { type ReactNode, useState } from 'react';
import type { Comment } from '../../../contract/comments.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { CaptionText } from '../feed/caption.tsx';
import styles from './said.module.css';

type Words = Pick<Comment, 'author' | 'createdAt' | 'text' | 'entities' | 'replies'>;

/** What one person said: by whom, when, the words, and what can be done about them. */
export function Said({
  comment: { author, createdAt, text, entities },
  name,
  mark,
  children,
}: {
  comment: Words;
  name: string;
  /** What is to be known of them, or of what they said. */
  mark?: ReactNode;
  children: ReactNode;
}) {
  const figures = useFigures();
  return (
    <div className={styles.said}>
      <p className={styles.byline}>
        <Link href={paths.person(author.handle)} className={styles.name}>
          <bdi>{name}</bdi>
        </Link>
        {mark}
        <time dateTime={createdAt} dir="auto">
          {figures.ago(createdAt)}
        </time>
      </p>
      <p className={styles.text} dir="auto">
        <CaptionText video={{ caption: text, entities }} />
      </p>
      {children}
    </div>
  );
}

/** `remove` throws what speaks against it; nothing is deleted before it has an answer. */
export function DeleteComment({
  comment,
  remove,
  onClose,
}: {
  comment: Words;
  remove: () => Promise<void>;
  onClose: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const sure = async () => {
    setState({ busy: true, error: null });
    try {
      await remove();
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Confirm
      title={say('comments.delete.title')}
      yes={say('comments.delete.yes')}
      no={say('comments.delete.no')}
      danger
      busy={state.busy}
      error={state.error === null ? null : problemSentence(words, state.error)}
      onYes={() => void sure()}
      onNo={onClose}
    >
      <p className={styles.quoted} dir="auto">
        {comment.text}
      </p>
      <p>{say('comments.delete.text', { replies: comment.replies })}</p>
    </Confirm>
  );
}
