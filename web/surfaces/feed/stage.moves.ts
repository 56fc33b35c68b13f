/**
 * How the stage moves and is moved: scrolling, wheel, keys, and the player's boxes that travel with the list.
 * Each is a hook on the scroller of one feed; none of them draws anything.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { useWords } from '../../intl/words.tsx';
import { projector, signals, sourceOf } from '../../projector.ts';
import { settings } from '../../settings.ts';
import { pressNewestToast } from '../../ui/toast.tsx';
import { like, opened, openLater } from './deeds.ts';
import type { Feed, ShownVideo } from './feed.store.ts';
import { belongsToFocus, type Deed, deedOfKey, singleKeys } from './keys.ts';
import { aspectOf, fitOf } from './picture.ts';
import styles from './stage.module.css';
import { stillWheel, turnWheel } from './wheel.ts';

/** The scroll position says which video it is; a change of the window's size must not. */
export function useScrolling(
  feed: Feed,
  scroller: RefObject<HTMLElement | null>,
  heading: RefObject<number | null>,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let height = 0;
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
    // At the top there is nothing to place, and asking for the height would lay the page out twice; the observer tells it.
    if (feed.state.get().index > 0) place();
    feed.goTo(feed.state.get().index);
    element.addEventListener('scroll', onScroll, { passive: true });
    const watch = new ResizeObserver(place);
    watch.observe(element);
    let length = feed.state.get().items.length;
    const leave = feed.state.subscribe(() => {
      // Begun anew, or one was taken out: where the viewer is now. (More videos at the end move nothing.)
      const now = feed.state.get();
      if (now.items.length < length)
        element.scrollTo({ top: now.index * element.clientHeight, behavior: 'instant' });
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

export function useWheel(scroller: RefObject<HTMLElement | null>, step: (by: -1 | 1) => void): void {
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

export function useDeedKeys(feed: Feed, step: (by: -1 | 1) => void): void {
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
      comments() {
        const now = item();
        if (opened.get()?.name === 'comments') opened.set(null);
        else if (now) void openLater('comments', now, say('feed.why.failed'));
      },
      undo: () => void pressNewestToast(),
      why() {
        const now = item();
        if (now?.token) void openLater('why', now, say('feed.why.failed'));
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
export function usePlayerBoxes(items: readonly ShownVideo[]) {
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

export function toggleMute(): void {
  const silent = settings.get().muted || projector.state.get().soundBlocked;
  projector.state.change({ soundBlocked: false });
  settings.set({ muted: !silent });
}
