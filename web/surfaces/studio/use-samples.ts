import { useEffect, useState } from 'react';
import type { Effect } from '../../studio/effects/effect.ts';
import { openSamples, type Samples, sampleMs } from '../../studio/effects/sample.ts';

/** A phone that draws slowly spends no more than a third of its time on samples. */
const rest = 2;
const betweenMs = 33;

type Ref = (canvas: HTMLCanvasElement | null) => (() => void) | undefined;

/**
 * Keeps the samples of a gallery moving, those that are seen; each stands still where a person wants no motion. Nothing
 * is drawn where there is no graphics card: the names are there all the same.
 */
export function useSamples(): { of: (effect: Effect) => Ref } {
  const [board] = useState(createBoard);
  useEffect(() => board.run(), [board]);
  return { of: board.of };
}

function createBoard() {
  const shown = new Map<HTMLCanvasElement, { effect: Effect; seen: boolean; drawn: boolean }>();
  const refs = new Map<Effect, Ref>();
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let samples: Samples | null = null;
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const one = shown.get(target as HTMLCanvasElement);
      if (one) one.seen = isIntersecting;
    }
  });

  async function drawAll(): Promise<void> {
    const fromMs = performance.now();
    for (const [canvas, one] of shown) {
      if (!one.seen || !samples || (one.drawn && still.matches)) continue;
      const atMs = still.matches ? one.effect.stillMs : fromMs % sampleMs;
      await samples.draw(canvas, one.effect, atMs);
      one.drawn = true;
    }
  }

  return {
    of(effect: Effect) {
      const known = refs.get(effect);
      if (known) return known;
      const ref: Ref = (canvas) => {
        if (!canvas) return undefined;
        shown.set(canvas, { effect, seen: false, drawn: false });
        watch.observe(canvas);
        return () => {
          watch.unobserve(canvas);
          shown.delete(canvas);
        };
      };
      refs.set(effect, ref);
      return ref;
    },
    run() {
      let timer = 0;
      let closed = false;
      try {
        samples = openSamples();
      } catch {
        return () => {}; // Without a card there are names only.
      }
      const tick = async () => {
        const fromMs = performance.now();
        await drawAll().catch(() => {});
        if (!closed)
          timer = window.setTimeout(tick, Math.max(betweenMs, (performance.now() - fromMs) * rest));
      };
      void tick();
      return () => {
        closed = true;
        clearTimeout(timer);
        samples?.close();
        samples = null;
      };
    },
  };
}
