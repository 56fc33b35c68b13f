import { useEffect, useState } from 'react';
import { leanOf } from './camera.rules.ts';
import styles from './level.module.css';

type Asking = { requestPermission?: () => Promise<'granted' | 'denied'> };

/** Whether this device may know how it is held; phones and tablets do. */
export const hasLevel = () =>
  typeof DeviceMotionEvent !== 'undefined' && matchMedia('(pointer: coarse)').matches;

/** Some systems ask their owner first, which needs a tap. */
export async function mayLevel(): Promise<boolean> {
  const { requestPermission } = DeviceMotionEvent as unknown as Asking;
  return !requestPermission || (await requestPermission().catch(() => 'denied')) === 'granted';
}

/** A line that turns with the horizon, and is lit when the picture is straight. Nothing where nothing is measured. */
export function Level() {
  const [lean, setLean] = useState<number | null>(null);
  useEffect(() => {
    const look = ({ accelerationIncludingGravity: pull }: DeviceMotionEvent) => {
      const now = leanOf(pull?.x ?? 0, pull?.y ?? 0, pull?.z ?? 0, screen.orientation?.angle ?? 0);
      // Half degrees: the line is still when the hand is.
      setLean(now === null ? null : Math.round(now * 2) / 2);
    };
    addEventListener('devicemotion', look);
    return () => removeEventListener('devicemotion', look);
  }, []);
  if (lean === null) return null;
  return (
    <div className={styles.level} data-straight={Math.abs(lean) <= 1 || undefined} aria-hidden="true">
      <span style={{ transform: `rotate(${-lean}deg)` }} />
    </div>
  );
}
