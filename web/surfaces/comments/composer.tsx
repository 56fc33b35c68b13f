import { SendHorizontal, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { Comment } from '../../../contract/comments.ts';
import type { Video } from '../../../contract/videos.ts';
import { ApiProblem, api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { newKey } from '../../projector.ts';
import { useMe } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import type { Feed } from '../feed/feed.store.ts';
import { Completion } from '../upload/completion.tsx';
import { useCompletion } from '../upload/use-completion.ts';
import styles from './comments.module.css';
import type { Conversation, ConversationState, NewWords } from './conversation.ts';
import { roomIn } from './words.rules.ts';

/** What was typed and not sent, by video: closing the panel loses nothing. */
const unsent = new Map<string, string>();

type Props = {
  talk: Conversation;
  state: ConversationState;
  video: Video;
  feed: Feed;
  answering: Comment | null;
  onAnswered: () => void;
};

/** Where one writes, or why one may not. */
export function Composer(props: Props) {
  const { state } = props;
  if (state.phase === 'waiting' || (state.phase === 'failed' && state.comments.length === 0)) return null;
  return state.canComment ? <Writing {...props} /> : <MayNot {...props} />;
}

function MayNot({ state: { whyNot }, video, talk, feed }: Props) {
  const words = useWords();
  const { say } = words;
  const me = useMe();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { author } = video;
  const follow = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api.followPerson(author.handle);
      feed.changeAuthor(author.handle, true);
      await talk.open();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <div className={styles.mayNot}>
      {whyNot !== 'not_signed_in' && (
        <p>{say(`comments.mayNot.${whyNot ?? 'nobody'}`, { name: author.displayName })}</p>
      )}
      {problem !== null && <p role="alert">{problemSentence(words, problem)}</p>}
      {whyNot === 'followers' && me && (
        <Button look="primary" small busy={busy} onClick={() => void follow()}>
          {say('feed.follow.name', { name: author.displayName })}
        </Button>
      )}
      {!me && whyNot !== 'nobody' && (
        <Link
          href={paths.signIn(location.pathname)}
          className={buttonClass({ look: 'primary', wide: whyNot === 'not_signed_in' })}
        >
          {say('comments.signIn')}
        </Link>
      )}
    </div>
  );
}

function Writing({ talk, video, answering, onAnswered }: Props) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => unsent.get(video.id) ?? '');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [sent, setSent] = useState(0);
  /** What was tried and may have arrived all the same: the same words again are the same comment. */
  const tried = useRef<NewWords | null>(null);
  const room = roomIn(text);
  const type = (next: string) => {
    setText(next);
    if (next) unsent.set(video.id, next);
    else unsent.delete(video.id);
  };

  const { wiring, ...completion } = useCompletion(area, text, type);

  useEffect(() => {
    if (!answering) return;
    area.current?.focus();
    // Under the same comment stand answers to many people: whom this one is for has to be said.
    const name = `@${answering.author.handle} `;
    if (answering.replyTo) setText((now) => (now.trim() === '' ? name : now));
  }, [answering]);

  const send = async () => {
    if (sending || room.empty || room.over) return;
    const replyTo = answering?.id ?? null;
    const before = tried.current;
    const key = before?.text === text && before.replyTo === replyTo ? before.key : newKey();
    tried.current = { key, text, replyTo };
    setSending(true);
    setProblem(null);
    try {
      await talk.write(tried.current);
      tried.current = null;
      type('');
      onAnswered();
      setSent((times) => times + 1);
    } catch (error) {
      setProblem(error);
      // Who may comment has changed: the panel says so, and keeps what was typed.
      if (error instanceof ApiProblem && error.code === 'comments_closed') void talk.open();
      if (error instanceof ApiProblem && error.code === 'comment_gone') onAnswered();
    }
    setSending(false);
    area.current?.focus();
  };
  const error = room.over
    ? say('comments.tooLong', { over: -room.left })
    : problem
      ? problemSentence(words, problem)
      : null;
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {answering && (
        <p className={styles.answering}>
          <span>{say('comments.replyingTo', { name: answering.author.displayName })}</span>
          <IconButton
            label={say('comments.reply.stop')}
            icon={<X size={18} aria-hidden="true" />}
            onClick={() => {
              onAnswered();
              area.current?.focus();
            }}
          />
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className={styles.wrong}>
          {error}
        </p>
      )}
      <div className={styles.field} data-wrong={room.over || undefined}>
        <Completion {...completion} above />
        <textarea
          {...wiring}
          ref={area}
          dir="auto"
          rows={1}
          value={text}
          placeholder={say('comments.placeholder')}
          aria-label={say('comments.write')}
          aria-describedby={error ? `${id}-error` : undefined}
          aria-invalid={room.over || undefined}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            wiring.onKeyDown(event);
            if (event.defaultPrevented || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void send();
          }}
        />
        {room.near && (
          <span className={styles.left} data-over={room.over || undefined} aria-hidden="true">
            {figures.whole(room.left)}
          </span>
        )}
        <button
          type="submit"
          className={styles.send}
          aria-label={say('comments.send')}
          aria-disabled={sending || room.empty || room.over}
          aria-busy={sending || undefined}
        >
          <SendHorizontal size={20} aria-hidden="true" />
        </button>
      </div>
      <span className="visually-hidden" role="status">
        {room.near && !room.over
          ? say('comments.left', { left: room.left })
          : sending
            ? say('comments.sending')
            : sent > 0 && room.empty
              ? say('comments.sent')
              : ''}
      </span>
    </form>
  );
}
