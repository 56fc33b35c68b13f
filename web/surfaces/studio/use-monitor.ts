import { useEffect, useState } from 'react';
import type { EditList } from '../../../contract/edit-list.ts';
import type { Reel } from '../../studio/reels/reel.ts';
import { type Monitor, openMonitor } from '../../studio/sounds/monitor.ts';

/**
 * What is heard while the next segment is filmed: null while it is made ready (`waited`), and where nothing would be
 * heard. Not while something is chosen in a `sheet`, which changes it with each move.
 */
export function useMonitor(
  sounds: EditList['sounds'],
  reels: ReadonlyMap<string, Reel>,
  usedMs: number,
  lengthMs: number,
  sheet: boolean,
): { monitor: Monitor | null; waited: boolean } {
  const heard =
    !sheet &&
    sounds.some((sound) => sound.volume > 0 && sound.atMs + sound.forMs > usedMs && sound.atMs < lengthMs);
  const [monitor, setMonitor] = useState<Monitor | null>(null);
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sources of these sounds do not change, others do
  useEffect(() => {
    setFailed(false);
    if (!heard) return undefined;
    let gone = false;
    let mine: Monitor | null = null;
    openMonitor(sounds, reels, usedMs, lengthMs).then(
      (opened) => {
        mine = opened;
        if (gone) opened.close();
        else setMonitor(opened);
      },
      // Filming goes on in silence; the sound is in the result all the same.
      () => !gone && setFailed(true),
    );
    return () => {
      gone = true;
      mine?.close();
      setMonitor(null);
    };
  }, [sounds, usedMs, lengthMs, heard]);
  return { monitor, waited: heard && monitor === null && !failed };
}
