import {
  Ban,
  Check,
  EyeOff,
  Hash,
  History,
  Minus,
  Music2,
  Plus,
  Shapes,
  SlidersHorizontal,
  UserRound,
} from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import {
  forEveryone,
  type Level,
  leanTo,
  levelOf,
  readTaste,
  setTaste,
  type Target,
  useTaste,
} from '../../taste.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { focusStage, notInterested } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';
import { topicName } from './reason.tsx';
import styles from './why.module.css';
import { isOf, targetsOf } from './why.rules.ts';
import { Reasons } from './why-reasons.tsx';

/** What was just done in the sheet, and how to take it back. */
type Said = { text: string; undo: (() => Promise<void>) | null };

/**
 * Why this video: the stored causes as sentences, and at once what follows from them. More and less leave the sheet
 * open; what takes the video itself away closes it. Every choice says what it did and can be taken back.
 */
export function Why({ feed, item, onClose }: { feed: Feed; item: ShownVideo; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  useTaste();
  const [said, setSaid] = useState<Said | null>(null);
  const pressed = useRef<HTMLElement | null>(null);
  useEffect(() => void readTaste(), []);
  const everyone = useSyncExternalStore(forEveryone.subscribe, forEveryone.get);
  const because = item.because ?? (item.reason ? [item.reason] : []);

  const act = async (deed: () => Promise<void>, done: string, undo: Said['undo']) => {
    pressed.current = document.activeElement as HTMLElement | null;
    try {
      await deed();
      setSaid({ text: done, undo });
    } catch (error) {
      setSaid({ text: problemSentence(words, error), undo: null });
    }
  };
  const takeBack = async (undo: () => Promise<void>) => {
    // The button goes; the focus must not go with it.
    pressed.current?.focus();
    await act(undo, say('why.undone'), null);
  };

  const choose = (target: Target, level: Level) => {
    const before = levelOf(target);
    const name = nameOf(words, target);
    const wanted = before === level ? 0 : level;
    if (wanted !== -2)
      return act(
        () => leanTo(target, wanted),
        say(`taste.done.${levelNames[wanted]}`, { name }),
        () => leanTo(target, before),
      );
    const putBack = feed.remove(item, (video) => isOf(target, video));
    onClose();
    focusStage();
    const sorry = (error: unknown) => toast(problemSentence(words, error));
    return leanTo(target, -2).then(
      () =>
        toast(say('taste.done.never', { name }), {
          label: say('feed.undo'),
          onPress() {
            putBack();
            void leanTo(target, before).catch(sorry);
          },
        }),
      (error: unknown) => {
        putBack();
        sorry(error);
      },
    );
  };

  return (
    <Dialog title={say('feed.why')} beside onClose={onClose}>
      {because.length > 0 && <Reasons because={because} item={item} />}
      <section className={styles.choices} aria-label={say('why.choices')}>
        <h3 className={styles.sub}>{say('why.choices')}</h3>
        {!item.video.mine && (
          <ul className={styles.rows}>
            <Row
              icon={<EyeOff aria-hidden="true" />}
              onPress={() => {
                onClose();
                notInterested(feed, item, { done: say('feed.notInterested.done'), undo: say('feed.undo') });
              }}
            >
              {say('why.notInterested')}
            </Row>
          </ul>
        )}
        {targetsOf(item.video, because).map((target) => (
          <Choice
            key={`${target.kind} ${target.key}`}
            target={target}
            name={nameOf(words, target)}
            onChoose={(level) => void choose(target, level)}
          />
        ))}
        <ul className={styles.rows}>
          <Row
            icon={<History aria-hidden="true" />}
            pressed={everyone}
            hint={say('why.history.hint')}
            onPress={() =>
              void act(
                () => setTaste('profiling', everyone),
                say(everyone ? 'feed.for.me.done' : 'feed.for.everyone.done'),
                () => setTaste('profiling', !everyone),
              )
            }
          >
            {say('why.history')}
          </Row>
          <li>
            <Link className={styles.row} href={paths.yourFeed()}>
              <SlidersHorizontal aria-hidden="true" />
              <span>{say('why.toPage')}</span>
            </Link>
          </li>
        </ul>
      </section>
      <div role="status" className={styles.said} data-shown={said !== null || undefined}>
        {said && (
          <>
            <span>{said.text}</span>
            {said.undo && (
              <button
                type="button"
                className={styles.undo}
                onClick={() => void (said.undo && takeBack(said.undo))}
              >
                {say('feed.undo')}
              </button>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

const levelNames = {
  '-2': 'never',
  '-1': 'less',
  0: 'learned',
  1: 'more',
  2: 'muchMore',
} as const satisfies Record<Level, string>;

function nameOf(words: ReturnType<typeof useWords>, { kind, key, label }: Target): string {
  if (kind === 'creator') return `@${label}`;
  return kind === 'topic' ? topicName(words, key) : (label ?? words.say('taste.sound.untitled'));
}

const offers = [
  { level: 1, name: 'more', Icon: Plus },
  { level: -1, name: 'less', Icon: Minus },
  { level: -2, name: 'never', Icon: Ban },
] as const;

/** More, less or never of one thing; the choice that holds is pressed, and pressing it again takes it back. */
function Choice({
  target,
  name,
  onChoose,
}: {
  target: Target;
  name: string;
  onChoose: (level: Level) => void;
}) {
  const { say } = useWords();
  const level = levelOf(target);
  const Topic = name.startsWith('#') ? Hash : Shapes;
  const Kind = { topic: Topic, creator: UserRound, sound: Music2 }[target.kind];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are buttons about one thing
    <div role="group" aria-label={name} className={styles.choice}>
      <p className={styles.name}>
        <Kind aria-hidden="true" />
        <bdi>{target.kind === 'topic' ? name.replace(/^#/, '') : name.replace(/^@/, '')}</bdi>
      </p>
      <div className={styles.offers}>
        {offers.map((offer) => (
          <button
            key={offer.level}
            type="button"
            aria-label={say(`why.${offer.name}.name`, { name })}
            aria-pressed={offer.level === -1 || offer.level === -2 ? level === offer.level : level > 0}
            onClick={() => onChoose(offer.level === 1 && level === 2 ? 2 : offer.level)}
          >
            <offer.Icon aria-hidden="true" />
            <span>{say(`why.${offer.name}`)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function Row({
  icon,
  hint,
  pressed,
  children,
  onPress,
}: {
  icon: ReactNode;
  hint?: string;
  pressed?: boolean;
  children: ReactNode;
  onPress: () => void;
}) {
  return (
    <li>
      <button type="button" className={styles.row} aria-pressed={pressed} onClick={onPress}>
        {icon}
        <span>
          {children}
          {hint && <small>{hint}</small>}
        </span>
        {pressed && <Check className={styles.check} aria-hidden="true" />}
      </button>
    </li>
  );
}
