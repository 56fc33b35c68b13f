import { ChevronDown, ChevronUp, MessageCircle } from 'lucide-react';
import type { Comment } from '../../../contract/comments.ts';
import { useWords } from '../../intl/words.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import styles from './comments.module.css';
import type { Conversation, ConversationState, Thread } from './conversation.ts';
import { Said } from './said.tsx';

type Deeds = {
  talk: Conversation;
  state: ConversationState;
  onAnswer: (comment: Comment) => void;
  onDelete: (comment: Comment) => void;
};

/** Comments, newest first, each with its answers on demand. */
export function CommentList(deeds: Deeds) {
  const { say } = useWords();
  const { talk, state } = deeds;
  const { comments, phase, hidden, canComment } = state;
  if (phase === 'waiting')
    return (
      <div className={styles.waiting} aria-busy="true">
        {[0, 1, 2].map((i) => (
          <div key={i} className={styles.row}>
            <Skeleton round width="2.25rem" height="2.25rem" />
            <Skeleton width="100%" height="3rem" />
          </div>
        ))}
      </div>
    );
  if (phase === 'failed' && comments.length === 0)
    return (
      <ErrorState title={say('comments.failed')} onRetry={() => void talk.open()}>
        <p>{say('comments.failedText')}</p>
      </ErrorState>
    );
  return (
    <div data-comments tabIndex={-1} className={styles.talk}>
      {comments.length === 0 && hidden === 0 && (
        <EmptyState icon={<MessageCircle size={32} aria-hidden="true" />} title={say('comments.none.title')}>
          {canComment && <p>{say('comments.none.text')}</p>}
        </EmptyState>
      )}
      {comments.length > 0 && (
        <ul className={styles.list} aria-label={say('comments.list')}>
          {comments.map((comment) => (
            <li key={comment.id}>
              <One {...deeds} comment={comment} />
              <Answers {...deeds} comment={comment} />
            </li>
          ))}
        </ul>
      )}
      <Rest thread={state} more={() => void talk.more()} />
    </div>
  );
}

/** What is not shown: for the viewer's muted words, or because it was not asked for yet. */
function Rest({ thread, more }: { thread: Thread; more: () => void }) {
  const { say } = useWords();
  return (
    <>
      {thread.hidden > 0 && <p className={styles.note}>{say('comments.hidden', { count: thread.hidden })}</p>}
      {thread.phase === 'failed' && (
        <p className={styles.note} role="alert">
          {say('comments.failed')}
        </p>
      )}
      {(thread.next !== null || thread.phase === 'failed') && (
        <div>
          <Button small busy={thread.phase === 'more'} onClick={more}>
            {say(thread.phase === 'failed' ? 'ui.tryAgain' : 'comments.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function One({ comment, state, onAnswer, onDelete }: Deeds & { comment: Comment }) {
  const { say } = useWords();
  const { author } = comment;
  return (
    <article className={styles.row} aria-label={say('comments.by', { name: author.displayName })}>
      <Avatar name={author.displayName} url={author.avatarUrl} size={comment.replyTo ? 28 : 36} />
      <Said
        comment={comment}
        name={author.displayName}
        mark={comment.creator && <span className={styles.badge}>{say('comments.creator')}</span>}
      >
        <div className={styles.deeds}>
          {state.canComment && (
            <button
              type="button"
              aria-label={say('comments.reply.name', { name: author.displayName })}
              onClick={() => onAnswer(comment)}
            >
              {say('comments.reply')}
            </button>
          )}
          {comment.mayDelete && (
            <button
              type="button"
              aria-label={say('comments.delete.name', { name: author.displayName })}
              onClick={() => onDelete(comment)}
            >
              {say('comments.delete')}
            </button>
          )}
        </div>
      </Said>
    </article>
  );
}

function Answers(deeds: Deeds & { comment: Comment }) {
  const { say } = useWords();
  const { comment, talk, state } = deeds;
  const thread = state.answers[comment.id];
  if (comment.replies === 0 && !thread?.comments.length) return null;
  const Chevron = thread ? ChevronUp : ChevronDown;
  return (
    <div className={styles.answers}>
      <button
        type="button"
        className={styles.show}
        aria-expanded={thread !== undefined}
        onClick={() => (thread ? talk.closeAnswers(comment.id) : void talk.openAnswers(comment.id))}
      >
        <Chevron size={18} aria-hidden="true" />
        {say(thread ? 'comments.replies.hide' : 'comments.replies.show', { count: comment.replies })}
      </button>
      {thread && (
        <>
          {thread.comments.length > 0 && (
            <ul
              className={styles.list}
              aria-label={say('comments.replies', { name: comment.author.displayName })}
            >
              {thread.comments.map((answer) => (
                <li key={answer.id}>
                  <One {...deeds} comment={answer} />
                </li>
              ))}
            </ul>
          )}
          {thread.phase === 'waiting' && (
            <p className={styles.note} aria-busy="true">
              {say('shell.loading')}
            </p>
          )}
          <Rest thread={thread} more={() => void talk.openAnswers(comment.id)} />
        </>
      )}
    </div>
  );
}
