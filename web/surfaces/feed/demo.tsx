import { useEffect } from 'react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { refreshInstance, useInstance } from '../../session.ts';
import { Progress } from '../../ui/progress.tsx';
import styles from './ends.module.css';
import type { Feed } from './feed.store.ts';

const askEveryMs = 3000;

/** While the demo community is being made: asks how far it is, and fetches videos as soon as there are new ones. */
export function useDemoInTheMaking(feed: Feed): void {
  const demo = useInstance()?.demo;
  const making = demo?.state === 'making';
  useEffect(() => {
    if (!making) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refreshInstance().catch(() => {});
    }, askEveryMs);
    return () => clearInterval(timer);
  }, [making]);
  const made = demo?.made ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new video, and the end of the making, is an occasion
  useEffect(() => {
    if (made > 0) void feed.extend();
  }, [feed, made, making]);
}

/** True progress: videos made, of how many. */
export function DemoProgress({ quiet }: { quiet?: boolean }) {
  const { say } = useWords();
  const figures = useFigures();
  const demo = useInstance()?.demo;
  if (demo?.state !== 'making' || demo.total === 0) return null;
  const text = say('feed.demo.progress', {
    made: figures.whole(demo.made),
    total: figures.whole(demo.total),
  });
  return (
    <div className={styles.demo}>
      <span>{text}</span>
      <Progress label={say('feed.demo.title')} share={demo.made / demo.total} text={text} quiet={quiet} />
    </div>
  );
}

/** The same over a feed that has videos already. */
export function DemoBanner() {
  const demo = useInstance()?.demo;
  if (demo?.state !== 'making' || demo.total === 0) return null;
  return (
    <div className={styles.banner}>
      <DemoProgress quiet />
    </div>
  );
}
