import {
  Flame,
  FlaskConical,
  Hash,
  type LucideIcon,
  Music2,
  PlayCircle,
  RotateCcw,
  Shuffle,
  SlidersHorizontal,
  Sprout,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { Reason } from '../../../contract/feeds.ts';
import { useWords } from '../../intl/words.tsx';
import type { ShownVideo } from './feed.store.ts';
import { causeName } from './reason.tsx';
import styles from './why.module.css';

const icons: Record<Reason['code'], LucideIcon> = {
  topic: Hash,
  similar: PlayCircle,
  creator: UserRound,
  sound: Music2,
  followed: UsersRound,
  following: UsersRound,
  popular: Flame,
  fresh: Sprout,
  explore: Shuffle,
  again: RotateCcw,
  asked: SlidersHorizontal,
};

/** The stored causes as sentences, strongest first. Says nothing that was not stored. */
export function Reasons({ because, item }: { because: readonly Reason[]; item: ShownVideo }) {
  const words = useWords();
  const { say, knows } = words;
  const lines = because.flatMap(({ code, value }) => {
    // A newer server may know causes that this page has no sentence for.
    if (!knows(`why.reason.${code}`)) return [];
    const name = causeName(words, { code, value }, item.video);
    const Icon = icons[code];
    return [
      <li key={`${code} ${value}`}>
        <Icon aria-hidden="true" />
        <span>{say(`why.reason.${code}`, { known: name ? 'yes' : 'no', value: name })}</span>
      </li>,
    ];
  });
  return (
    <ul className={styles.reasons} aria-label={say('why.reasons')}>
      {lines}
      {item.exploration && (
        <li>
          <FlaskConical aria-hidden="true" />
          <span>{say('why.exploration')}</span>
        </li>
      )}
    </ul>
  );
}
