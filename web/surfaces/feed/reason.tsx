import { Sparkles } from 'lucide-react';
import type { Reason } from '../../../contract/feeds.ts';
import { useWords } from '../../intl/words.tsx';
import styles from './slide.module.css';

/** Why this video is here, in a sentence; nothing where the place says it already. */
export function ReasonChip({ reason }: { reason: Reason | null }) {
  const { say, knows } = useWords();
  const id = `feed.reason.${reason?.code}`;
  if (!reason || reason.code === 'following' || !knows(id)) return null;
  const value = reason.value ?? '';
  const short = value.length > 60 ? `${value.slice(0, 58).trimEnd()}…` : value;
  return (
    <p className={styles.reason}>
      <Sparkles size={15} aria-hidden="true" />
      <span>{say(id, { known: value ? 'yes' : 'no', value: short })}</span>
    </p>
  );
}
