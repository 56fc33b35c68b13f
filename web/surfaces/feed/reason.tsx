import { Sparkles } from 'lucide-react';
import type { Reason } from '../../../contract/feeds.ts';
import { useWords } from '../../intl/words.tsx';
import { openLater } from './deeds.ts';
import type { ShownVideo } from './feed.store.ts';
import styles from './slide.module.css';

type Words = ReturnType<typeof useWords>;

/** Why this video is here, in a sentence, and the way to all of it; nothing where the place says it already. */
export function ReasonChip({ item }: { item: ShownVideo }) {
  const words = useWords();
  const { say, knows } = words;
  const { reason } = item;
  const id = `feed.reason.${reason?.code}`;
  if (!reason || reason.code === 'following' || !knows(id)) return null;
  const name = causeName(words, reason, item.video);
  return (
    <button
      type="button"
      className={styles.reason}
      data-why
      aria-haspopup="dialog"
      onClick={() => void openLater('why', item, say('feed.why.failed'))}
    >
      <Sparkles size={15} aria-hidden="true" />
      <span>{say(id, { known: name ? 'yes' : 'no', value: name })}</span>
      <span className="visually-hidden">{say('feed.why')}</span>
    </button>
  );
}

const isolated = (text: string) => (text ? `\u2068${text}\u2069` : '');

/** What the sentence of a cause is about, kept together whichever way the sentence is written; empty when unknown. */
export function causeName(
  words: Words,
  { code, value }: Reason,
  video: { author: { handle: string }; sound: { title: string | null } | null },
): string {
  if (!value) return '';
  if (code === 'topic') return isolated(topicName(words, value));
  if (code === 'creator' || code === 'followed' || code === 'following') return isolated(`@${value}`);
  if (code !== 'asked') return isolated(value.length > 60 ? `${value.slice(0, 58).trimEnd()}…` : value);
  // Asked for can be any of the three; the video tells which.
  if (value === video.author.handle) return isolated(`@${value}`);
  return isolated(value === video.sound?.title ? value : topicName(words, value));
}

/** One of the topics by its name; everything else that is written on videos is a hashtag. */
export function topicName({ say, knows }: Words, key: string | null): string {
  if (!key) return '';
  return knows(`topic.${key}`) ? say(`topic.${key}`) : `#${key}`;
}
