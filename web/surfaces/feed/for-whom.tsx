import { useEffect, useSyncExternalStore } from 'react';
import { useWords } from '../../intl/words.tsx';
import { useSession } from '../../session.ts';
import { forEveryone, readTaste, setTaste } from '../../taste.ts';
import { toast } from '../../ui/toast.tsx';
import styles from './for-whom.module.css';

/** Chosen for this viewer, or the same for everyone here: one press, and what comes next obeys. */
export function ForWhom() {
  const { say } = useWords();
  const everyone = useSyncExternalStore(forEveryone.subscribe, forEveryone.get);
  const viewer = useSession()?.viewerId;
  useEffect(() => {
    if (!viewer) return undefined;
    // The first picture comes before the question whether another device has changed this.
    const idle = globalThis.requestIdleCallback ?? setTimeout;
    idle(() => void readTaste());
    return undefined;
  }, [viewer]);
  const choose = async (wanted: boolean) => {
    if (wanted === everyone) return;
    try {
      await setTaste('profiling', !wanted);
      toast(say(wanted ? 'feed.for.everyone.done' : 'feed.for.me.done'));
    } catch {
      toast(say('feed.for.failed'));
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are two buttons that exclude each other
    <div className={styles.whom} role="group" aria-label={say('feed.for')}>
      {[false, true].map((one) => (
        <button
          key={String(one)}
          type="button"
          aria-pressed={everyone === one}
          onClick={() => void choose(one)}
        >
          <span>{say(one ? 'feed.for.everyone' : 'feed.for.me')}</span>
        </button>
      ))}
    </div>
  );
}
