import { useEffect, useState } from 'react';
import type { Cue } from '../../contract/videos.ts';
import styles from './captions.module.css';

/** What is said at a moment: cues may overlap, then each has its line. */
export function cuesAt(cues: readonly Cue[], atMs: number): Cue[] {
  return cues.filter((cue) => cue.startMs <= atMs && atMs < cue.endMs);
}

type Clock = { element: () => HTMLVideoElement | null; onTime: (listener: () => void) => () => void };

/** The caption line over the picture, in step with the player. */
export function Captions({
  cues,
  clock,
  language,
  size = 'normal',
  back = 'dark',
  className = '',
}: {
  cues: readonly Cue[];
  clock: Clock;
  language: string | null;
  size?: 'small' | 'normal' | 'large' | 'huge';
  back?: 'dark' | 'light' | 'none';
  className?: string;
}) {
  const [text, setText] = useState('');
  useEffect(() => {
    const look = () => {
      const atMs = (clock.element()?.currentTime ?? 0) * 1000;
      setText(
        cuesAt(cues, atMs)
          .map((cue) => cue.text)
          .join('\n'),
      );
    };
    look();
    return clock.onTime(look);
  }, [cues, clock]);
  return (
    <p
      className={`${styles.captions} ${className}`}
      data-size={size}
      data-back={back}
      lang={language ?? undefined}
      dir="auto"
    >
      {text && <span>{text}</span>}
    </p>
  );
}
