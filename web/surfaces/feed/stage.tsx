import { Captions as CaptionsIcon, CaptionsOff, ChevronDown, ChevronUp, Volume2, VolumeX } from 'lucide-react';
import {
  type CSSProperties,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { projector, signals, sourceOf } from '../../projector.ts';
import { settings, useSettings } from '../../settings.ts';
import { Link } from '../../shell/link.tsx';
import { classes } from '../../ui/classes.ts';
import { like, opened } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';
import { belongsToFocus, type Deed, deedOfKey, singleKeys } from './keys.ts';
import { aspectOf, blurOf, fitOf } from './picture.ts';
import { Slide } from './slide.tsx';
import styles from './stage.module.css';
import { stillWheel, turnWheel } from './wheel.ts';

const Panel = lazy(async () => ({ default: (await import('./panel.tsx')).Panel }));
const Opened = lazy(async () => ({ default: (await import('./opened.tsx')).Opened }));

/** So many neighbours are in the document before and after the video on the stage. */
const before = 1;
const after = 2;

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
      heading.current = Math.min(Math.max(0, (heading.current ?? now) + by), list.length);
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
          style={active?.video.media ? ({ '--aspect': aspectOf(active.video.media) } as CSSProperties) : undefined}
        >
          <SoundButton />
          {tabs && <Tabs here={tabs} />}
          {active?.video.cues?.length ? <CaptionsButton /> : <span className={styles.round} aria-hidden="true" />}
        </div>
        {banner}
        <section ref={scroller} className={styles.scroller} role="feed" aria-label={title} tabIndex={-1}>
          <div className={styles.list} style={{ '--count': count } as CSSProperties}>
            <div ref={layers} className={styles.layers} />
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
            <div
              className={styles.place}
              style={{ '--at': items.length } as CSSProperties}
              inert={index < items.length}
            >
              <div className={styles.front}>{end}</div>
            </div>
          </div>
        </section>
        <Steps index={index} last={items.length} step={step} />
        <Announce item={active} />
      </section>
      {active && (
        <Suspense fallback={<aside className={styles.panel} />}>
          <Panel key={active.video.id} feed={feed} item={active} className={styles.panel} />
        </Suspense>
      )}
      <OpenedOnDemand step={step} />
    </div>
  );
}

/** The scroll position says which video it is; a change of the window's size must not. */
function useScrolling(
  feed: Feed,
  scroller: React.RefObject<HTMLElement | null>,
  heading: React.RefObject<number | null>,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let height = element.clientHeight;
    let timer: ReturnType<typeof setTimeout>;
    const settle = () => {
      heading.current = null;
      projector.settle();
      void signals.flush();
    };
    const onScroll = () => {
      clearTimeout(timer);
      // Safari before 26.2 has no scrollend.
      timer = setTimeout(settle, 180);
      if (element.clientHeight === height && height > 0) feed.goTo(Math.round(element.scrollTop / height));
    };
    const place = () => {
      height = element.clientHeight;
      element.scrollTo({ top: feed.state.get().index * height, behavior: 'instant' });
    };
    place();
    feed.goTo(feed.state.get().index);
    element.addEventListener('scroll', onScroll, { passive: true });
    const watch = new ResizeObserver(place);
    watch.observe(element);
    let length = feed.state.get().items.length;
    const leave = feed.state.subscribe(() => {
      // Begun anew: back to the top. (More videos at the end move nothing.)
      const now = feed.state.get();
      if (now.items.length < length) element.scrollTo({ top: 0, behavior: 'instant' });
      length = now.items.length;
    });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('scroll', onScroll);
      watch.disconnect();
      leave();
    };
  }, [feed, scroller, heading]);
}

function useWheel(scroller: React.RefObject<HTMLElement | null>, step: (by: -1 | 1) => void): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let state = stillWheel;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey) return; // Pinch and zoom stay the browser's.
      const inner = (event.target as Element).closest('[data-open]');
      if (inner && inner.scrollHeight > inner.clientHeight) return;
      event.preventDefault();
      const px = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 40;
      const turned = turnWheel(state, px, event.timeStamp);
      state = turned.state;
      if (turned.step !== 0) step(turned.step);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller, step]);
}

function useDeedKeys(feed: Feed, step: (by: -1 | 1) => void): void {
  const { say } = useWords();
  useEffect(() => {
    const item = () => feed.state.get().items[feed.state.get().index];
    const deeds: Record<Deed, () => void> = {
      next: () => step(1),
      previous: () => step(-1),
      toggle: projector.toggle,
      mute: toggleMute,
      captions: () => settings.set({ captions: !settings.get().captions }),
      keys: () => opened.set({ name: 'keys' }),
      like() {
        const now = item();
        if (now) void like(feed, now, !now.video.liked, say('feed.like.failed'));
      },
      share() {
        const now = item();
        if (now) opened.set({ name: 'share', item: now });
      },
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || belongsToFocus(event.target, event.key)) return;
      const deed = deedOfKey(event, singleKeys.get());
      if (!deed) return;
      event.preventDefault();
      deeds[deed]();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [feed, step, say]);
}

/** Puts the player's boxes where their videos are in the list. */
function usePlayerBoxes(items: readonly ShownVideo[]) {
  const layers = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (layers.current) projector.attach(layers.current);
    document.getElementById('first-screen')?.remove();
  }, []);
  const slots = useSyncExternalStore(projector.state.subscribe, () => projector.state.get().slots);
  useLayoutEffect(() => {
    slots.forEach((key, i) => {
      const box = layers.current?.children[i] as HTMLElement | undefined;
      const at = key === null ? -1 : items.findIndex((item) => sourceOf(item).key === key);
      if (!box) return;
      const media = items[at]?.video.media;
      box.className = styles.box ?? '';
      box.hidden = !media;
      if (!media) return;
      box.style.setProperty('--at', String(at));
      box.style.setProperty('--aspect', String(aspectOf(media)));
      box.dataset.fit = fitOf(media);
    });
  }, [slots, items]);
  return layers;
}

function Glow({ item }: { item: ShownVideo }) {
  const blur = blurOf(item.video.media?.thumbhash ?? null);
  return blur ? <img className={styles.glow} src={blur} alt="" /> : null;
}

function toggleMute(): void {
  const silent = settings.get().muted || projector.state.get().soundBlocked;
  projector.state.change({ soundBlocked: false });
  settings.set({ muted: !silent });
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

function OpenedOnDemand({ step }: { step: (by: -1 | 1) => void }) {
  const what = useSyncExternalStore(opened.subscribe, opened.get);
  useEffect(() => () => opened.set(null), []);
  if (!what) return null;
  return (
    <Suspense>
      <Opened what={what} onSkip={() => step(1)} onClose={() => opened.set(null)} />
    </Suspense>
  );
}
