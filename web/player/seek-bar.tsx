import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import styles from './seek-bar.module.css';

type Playing = {
  element: () => HTMLVideoElement | null;
  onTime: (listener: () => void) => () => void;
  seekTo: (seconds: number) => void;
};
type Texts = {
  label: string;
  position: (seconds: number, ofSeconds: number) => string;
  clock: (ms: number) => string;
};

/**
 * Where the video is, and a handle to move it: by finger, mouse or keys. Thin until it is touched. The bar follows
 * the video by a style and not by React, so that nothing else is drawn anew sixty times a second.
 */
export function SeekBar({
  playing,
  durationMs,
  texts,
}: {
  playing: Playing;
  durationMs: number;
  texts: Texts;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const [heldAt, setHeldAt] = useState<number | null>(null);
  const totalS = durationMs / 1000;

  useEffect(() => {
    let frame = 0;
    let saidAt = -1;
    const draw = () => {
      frame = 0;
      const element = playing.element();
      const atS = element?.currentTime ?? 0;
      bar.current?.style.setProperty('--share', String(totalS > 0 ? Math.min(1, atS / totalS) : 0));
      if (Math.floor(atS) !== saidAt && bar.current) {
        saidAt = Math.floor(atS);
        bar.current.setAttribute('aria-valuenow', String(saidAt));
        bar.current.setAttribute('aria-valuetext', texts.position(atS, totalS));
      }
      if (element && !element.paused) frame = requestAnimationFrame(draw);
    };
    draw();
    const leave = playing.onTime(() => {
      if (!frame) draw();
    });
    return () => {
      leave();
      cancelAnimationFrame(frame);
    };
  }, [playing, totalS, texts]);

  const secondsAt = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (event.clientX - box.left) / box.width;
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 1 - along : along;
    return Math.min(1, Math.max(0, forward)) * totalS;
  };
  const hold = (event: PointerEvent) => {
    const seconds = secondsAt(event);
    setHeldAt(seconds);
    bar.current?.style.setProperty('--share', String(seconds / totalS));
    return seconds;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const atS = playing.element()?.currentTime ?? 0;
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: atS + 2 * forward,
      ArrowLeft: atS - 2 * forward,
      PageUp: atS + 10,
      PageDown: atS - 10,
      Home: 0,
      End: totalS,
    };
    const target = steps[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    playing.seekTo(target);
  };

  return (
    <div
      ref={bar}
      className={styles.bar}
      data-held={heldAt !== null || undefined}
      role="slider"
      tabIndex={0}
      aria-label={texts.label}
      aria-valuemin={0}
      aria-valuemax={Math.round(totalS)}
      aria-valuenow={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        hold(event);
      }}
      onPointerMove={(event) => {
        if (heldAt !== null) hold(event);
      }}
      onPointerUp={(event) => {
        if (heldAt === null) return;
        playing.seekTo(secondsAt(event));
        setHeldAt(null);
      }}
      onPointerCancel={() => setHeldAt(null)}
      onClick={(event) => event.stopPropagation()}
    >
      {heldAt !== null && (
        <output className={styles.time} aria-hidden="true">
          <b>{texts.clock(heldAt * 1000)}</b> / {texts.clock(durationMs)}
        </output>
      )}
      <div className={styles.track}>
        <div className={styles.done} />
        <div className={styles.knob} />
      </div>
    </div>
  );
}
