import { type ReactNode, useEffect, useRef } from 'react';
import styles from './grid.module.css';

/** Tall tiles, as many in a row as fit: three on the smallest phone, more and larger on a wide screen. */
export function Grid({ label, busy, children }: { label: string; busy?: boolean; children: ReactNode }) {
  return (
    <ul className={styles.grid} aria-label={label} aria-busy={busy || undefined}>
      {children}
    </ul>
  );
}

export function Tile({ children }: { children: ReactNode }) {
  return <li className={styles.tile}>{children}</li>;
}

/** Calls `onReach` each time the end of a list comes near the screen. */
export function ListEnd({ onReach }: { onReach: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  const reach = useRef(onReach);
  useEffect(() => {
    reach.current = onReach;
  });
  useEffect(() => {
    if (!mark.current) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) reach.current();
      },
      { rootMargin: '600px 0px' },
    );
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, []);
  return <div ref={mark} aria-hidden="true" className={styles.end} />;
}
