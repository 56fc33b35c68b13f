import {
  Captions as CaptionsIcon,
  CaptionsOff,
  ChevronDown,
  ChevronUp,
  Volume2,
  VolumeX,
} from 'lucide-react';
import {
  type CSSProperties,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { projector, sourceOf } from '../../projector.ts';
import { settings, useSettings } from '../../settings.ts';
import { Link } from '../../shell/link.tsx';
import { classes } from '../../ui/classes.ts';
import { loadComments, loadWhy, opened } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';
import { ForWhom } from './for-whom.tsx';
import { aspectOf, blurOf } from './picture.ts';
import { Slide } from './slide.tsx';
import styles from './stage.module.css';
import { toggleMute, useDeedKeys, usePlayerBoxes, useScrolling, useWheel } from './stage.moves.ts';

const Panel = lazy(async () => ({ default: (await import('./panel.tsx')).Panel }));
const Opened = lazy(async () => ({ default: (await import('./opened.tsx')).Opened }));
const Why = lazy(async () => ({ default: await loadWhy() }));
const Comments = lazy(async () => ({ default: await loadComments() }));

/** So many neighbours are in the document before and after the video on the stage. */
const before = 1;
const after = 2;
/** So far there are places to come to rest at; a row of quick steps goes no further at once. */
const far = 6;

/**
 * A feed on the screen: one video per screen, moved by finger, wheel, keys or buttons. It tells the player which
 * video it is and places the player's three boxes in the list. It does not know where the feed's videos come from.
 */
export function Stage({
  feed,
  title,
  end,
  tabs,
  banner,
}: {
  feed: Feed;
  title: string;
  /** What stands behind the last video. */
  end: ReactNode;
  tabs?: 'forYou' | 'following';
  banner?: ReactNode;
}) {
  const { items, index } = useSyncExternalStore(feed.state.subscribe, feed.state.get);
  const scroller = useRef<HTMLElement>(null);
  const count = items.length + 1;
  const active = items[index];

  const moveTo = useCallback(
    (target: number, how: ScrollBehavior = 'smooth') => {
      const element = scroller.current;
      if (!element) return;
      const bounded = Math.min(Math.max(0, target), feed.state.get().items.length);
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      element.scrollTo({ top: bounded * element.clientHeight, behavior: calm ? 'instant' : how });
    },
    [feed],
  );
  /** Where a movement that is under way will end: the next key goes on from there. */
  const heading = useRef<number | null>(null);
  const step = useCallback(
    (by: -1 | 1) => {
      const { index: now, items: list } = feed.state.get();
      const target = Math.min(Math.max(0, (heading.current ?? now) + by), list.length);
      heading.current = Math.min(now + far, Math.max(now - far, target));
      moveTo(heading.current);
    },
    [feed, moveTo],
  );

  useScrolling(feed, scroller, heading);
  useWheel(scroller, step);
  useDeedKeys(feed, step);
  const layers = usePlayerBoxes(items);

  useEffect(() => {
    projector.show(items.map(sourceOf), index);
  }, [items, index]);
  useEffect(() => () => projector.leave(), []);

  const talking = useSyncExternalStore(opened.subscribe, () => opened.get()?.name === 'comments');
  const shown = items
    .map((item, at) => ({ item, at }))
    .filter(({ at }) => at >= index - before && at <= index + after);
  return (
    <div className={styles.room}>
      <title>{title}</title>
      <section className={styles.stage} aria-label={title}>
        <h1 className="visually-hidden">{title}</h1>
        {active && <Glow item={active} />}
        <div
          className={styles.over}
          style={
            active?.video.media ? ({ '--aspect': aspectOf(active.video.media) } as CSSProperties) : undefined
          }
        >
          <SoundButton />
          {tabs && <Tabs here={tabs} />}
          {active?.video.cues?.length ? (
            <CaptionsButton />
          ) : (
            <span className={styles.round} aria-hidden="true" />
          )}
        </div>
        {tabs === 'forYou' && <ForWhom />}
        {banner}
        <section ref={scroller} className={styles.scroller} role="feed" aria-label={title} tabIndex={-1}>
          <div className={styles.list} style={{ '--count': count } as CSSProperties}>
            <div ref={layers} className={styles.layers} />
            {Array.from({ length: count }, (_, at) => at)
              .filter((at) => Math.abs(at - index) <= far + 1)
              .map((at) => (
                <div key={`rest-${at}`} className={styles.rest} style={{ '--at': at } as CSSProperties} />
              ))}
            {shown.map(({ item, at }) => (
              <Slide
                key={item.token ?? item.video.id}
                feed={feed}
                item={item}
                at={at}
                active={at === index}
                setSize={items.length}
                onSkip={() => step(1)}
              />
            ))}
            <article
              className={styles.place}
              aria-label={title}
              style={{ '--at': items.length } as CSSProperties}
              inert={index < items.length}
            >
              <div className={styles.front}>{end}</div>
            </article>
          </div>
        </section>
        <Steps index={index} last={items.length} step={step} />
        <Announce item={active} />
      </section>
      {active && (
        <Suspense fallback={<aside className={styles.panel} />}>
          {talking ? (
            <Comments feed={feed} item={active} className={styles.panel} onClose={closeOpened} />
          ) : (
            <Panel key={active.video.id} feed={feed} item={active} className={styles.panel} />
          )}
        </Suspense>
      )}
      <OpenedOnDemand feed={feed} />
    </div>
  );
}

function Glow({ item }: { item: ShownVideo }) {
  const blur = blurOf(item.video.media?.thumbhash ?? null);
  return blur ? <img className={styles.glow} src={blur} alt="" /> : null;
}

function SoundButton() {
  const { say } = useWords();
  const { muted } = useSettings();
  const blocked = useSyncExternalStore(projector.state.subscribe, () => projector.state.get().soundBlocked);
  const silent = muted || blocked;
  return (
    <button
      type="button"
      className={classes(styles.round, blocked && styles.soundOn)}
      aria-label={say(silent ? 'player.unmute' : 'player.mute')}
      onClick={toggleMute}
    >
      {silent ? <VolumeX aria-hidden="true" /> : <Volume2 aria-hidden="true" />}
      {blocked && <span>{say('player.tapForSound')}</span>}
    </button>
  );
}

function CaptionsButton() {
  const { say } = useWords();
  const { captions } = useSettings();
  return (
    <button
      type="button"
      className={styles.round}
      aria-label={say(captions ? 'player.captions.hide' : 'player.captions.show')}
      onClick={() => settings.set({ captions: !captions })}
    >
      {captions ? <CaptionsIcon aria-hidden="true" /> : <CaptionsOff aria-hidden="true" />}
    </button>
  );
}

function Tabs({ here }: { here: 'forYou' | 'following' }) {
  const { say } = useWords();
  return (
    <nav className={styles.tabs} aria-label={say('feed.tabs')}>
      <Link href={paths.following()} aria-current={here === 'following' ? 'page' : undefined}>
        {say('shell.following')}
      </Link>
      <Link href={paths.forYou()} aria-current={here === 'forYou' ? 'page' : undefined}>
        {say('shell.forYou')}
      </Link>
    </nav>
  );
}

function Steps({ index, last, step }: { index: number; last: number; step: (by: -1 | 1) => void }) {
  const { say } = useWords();
  return (
    <>
      <div className={styles.steps}>
        <button
          type="button"
          aria-label={say('feed.previous')}
          disabled={index === 0}
          onClick={() => step(-1)}
        >
          <ChevronUp aria-hidden="true" />
        </button>
        <button type="button" aria-label={say('feed.next')} disabled={index >= last} onClick={() => step(1)}>
          <ChevronDown aria-hidden="true" />
        </button>
      </div>
      <button type="button" className={styles.hint} onClick={() => opened.set({ name: 'keys' })}>
        {say('feed.keys.hint')}
      </button>
    </>
  );
}

/** For those who hear the page: what is on the stage now. */
function Announce({ item }: { item: ShownVideo | undefined }) {
  const { say } = useWords();
  const text = item
    ? say('feed.now', { name: item.video.author.displayName, caption: item.video.caption })
    : '';
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}

const closeOpened = () => opened.set(null);

function OpenedOnDemand({ feed }: { feed: Feed }) {
  const what = useSyncExternalStore(opened.subscribe, opened.get);
  useEffect(() => () => opened.set(null), []);
  // What people say stands beside the video, where the stage puts it.
  if (!what || what.name === 'comments') return null;
  return (
    <Suspense>
      {what.name === 'why' ? (
        <Why feed={feed} item={what.item} onClose={closeOpened} />
      ) : (
        <Opened feed={feed} what={what} onClose={closeOpened} />
      )}
    </Suspense>
  );
}
