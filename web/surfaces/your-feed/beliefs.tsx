import { type CSSProperties, useId, useState } from 'react';
import type { LeaningKind, Taste } from '../../../contract/taste.ts';
import { topics } from '../../../contract/topics.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { type Level, leanTo } from '../../taste.ts';
import { Button } from '../../ui/button.tsx';
import { Scale } from '../../ui/scale.tsx';
import { Select } from '../../ui/select.tsx';
import { topicName } from '../feed/reason.tsx';
import { type Liked, likedOf, wordOf } from './beliefs.rules.ts';
import { useChange } from './change.ts';
import styles from './your-feed.module.css';

/** So many of a kind at first; the rest on demand. */
const few = 6;
const levels = [
  [-2, 'never'],
  [-1, 'less'],
  [0, 'learned'],
  [1, 'more'],
  [2, 'muchMore'],
] as const satisfies [Level, string][];

export function Beliefs({ taste, kinds }: { taste: Taste; kinds: readonly LeaningKind[] }) {
  return kinds.map((kind) => <Kind key={kind} kind={kind} taste={taste} />);
}

function Kind({ kind, taste }: { kind: LeaningKind; taste: Taste }) {
  const { say } = useWords();
  const [all, setAll] = useState(false);
  const heading = useId();
  const liked = likedOf(taste, kind);
  const shown = all ? liked : liked.slice(0, few);
  if (liked.length === 0 && kind !== 'topic') return null;
  return (
    <section className={styles.kind} aria-labelledby={heading}>
      <h3 id={heading} className={styles.sub}>
        {say(`yourFeed.kind.${kind}`)}
      </h3>
      {shown.length > 0 && (
        <ul className={styles.liked}>
          {shown.map((one) => (
            <Row key={one.key} one={one} />
          ))}
        </ul>
      )}
      {liked.length > few && (
        <div>
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {say(all ? 'yourFeed.fewer' : 'yourFeed.all', { count: liked.length })}
          </Button>
        </div>
      )}
      {kind === 'topic' && <AnotherTopic known={liked} />}
    </section>
  );
}

function useName(): (one: Pick<Liked, 'kind' | 'key' | 'label'>) => string {
  const words = useWords();
  return ({ kind, key, label }) => {
    if (kind === 'topic') return topicName(words, key);
    if (label === null) return words.say(`yourFeed.gone.${kind}`);
    return kind === 'creator' ? `@${label}` : label;
  };
}

function Row({ one }: { one: Liked }) {
  const { say } = useWords();
  const change = useChange();
  const name = useName()(one);
  const { kind, key, label, strength, level } = one;
  const href =
    label === null ? null : { topic: null, creator: paths.person(label), sound: paths.sound(key) }[kind];
  return (
    <li className={styles.row} data-level={level}>
      <p className={styles.name}>
        {href ? (
          <Link href={href}>
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <bdi>{name}</bdi>
        )}
      </p>
      <p className={styles.strength}>
        {strength !== null && (
          <span className={styles.bar} aria-hidden="true">
            <span
              data-less={strength < 0 || undefined}
              style={{ '--share': Math.min(1, Math.abs(strength)) } as CSSProperties}
            />
          </span>
        )}
        <span>{say(strength === null ? 'yourFeed.said' : `yourFeed.strength.${wordOf(strength)}`)}</span>
      </p>
      <Scale
        label={say('yourFeed.scale', { name })}
        value={level}
        steps={levels.map(([value, word]) => ({ value, label: say(`taste.level.${word}`) }))}
        onChange={(wanted) => void change(() => leanTo({ kind, key, label }, wanted))}
      />
    </li>
  );
}

/** Nobody has to watch first what they know they like. */
function AnotherTopic({ known }: { known: readonly Liked[] }) {
  const { say } = useWords();
  const change = useChange();
  const rest = topics
    .filter((topic) => known.every(({ key }) => key !== topic))
    .map((topic) => ({ value: topic as string, label: say(`topic.${topic}`) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const [wanted, setWanted] = useState('');
  const chosen = rest.find(({ value }) => value === wanted) ?? rest[0];
  if (!chosen) return null;
  const add = () => {
    const target = { kind: 'topic', key: chosen.value, label: chosen.value } as const;
    void change(() => leanTo(target, 1), say('taste.done.more', { name: chosen.label }));
  };
  return (
    <div className={styles.another}>
      <Select
        label={say('yourFeed.another')}
        value={chosen.value}
        options={rest}
        onChange={(event) => setWanted(event.target.value)}
      />
      <Button onClick={add}>{say('yourFeed.another.add')}</Button>
    </div>
  );
}
