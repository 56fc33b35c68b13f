import { useEffect, useSyncExternalStore } from 'react';
import { editLimits } from '../../../contract/edit-list.ts';
import { createStore } from '../../store.ts';
import { type Heard, listen } from '../../studio/sounds/listen.ts';
import { copyIn, takeFile } from '../../studio/takes/takes.ts';
import { addSound, keepDraft } from './project.ts';

/** Sounds on their way into the draft in work, and what they look like. */
export type SoundBrought = { id: string } | { problem: 'unreadable' | 'not_kept' };

/**
 * A sound of one's own, or (`of`) one of the library: copied, listened to, and heard from the beginning of the video on.
 * Of a video it is the sound alone.
 */
export async function bringSound(
  draftId: string,
  file: Blob,
  { name, of, atMs }: { name: string; of: string | null; atMs: number },
): Promise<SoundBrought> {
  let alone: Blob;
  let heard: Heard;
  try {
    const { soundOf } = await import('../../studio/sounds/extract.ts');
    alone = await soundOf(file);
    heard = await listen(alone);
  } catch {
    return { problem: 'unreadable' };
  }
  try {
    await keepDraft();
    const facts = { kind: 'sound' as const, speed: 1, name };
    const source = await copyIn(draftId, alone, Date.now(), facts);
    setWaveform(source, heard.peaks);
    const sound = { atMs, fromMs: 0, volume: 1, fadeInMs: 0, fadeOutMs: 500, ducks: true, voice: false };
    const beatsMs = heard.beatsMs.filter((ms) => ms <= editLimits.sourceMs);
    const id = await addSound(source, { name, of, beatsMs, sound });
    return id ? { id } : { problem: 'unreadable' };
  } catch {
    return { problem: 'not_kept' };
  }
}

const waveforms = createStore<ReadonlyMap<string, Uint8Array>>(new Map());
const asked = new Set<string>();
const setWaveform = (source: string, peaks: Uint8Array) =>
  waveforms.set(new Map(waveforms.get()).set(source, peaks));

/** The waveform of a source; null until it was listened to, and where nothing of it can be read. */
export function useWaveform(source: string): Uint8Array | null {
  const all = useSyncExternalStore(waveforms.subscribe, waveforms.get, waveforms.get);
  useEffect(() => {
    if (waveforms.get().has(source) || asked.has(source)) return;
    asked.add(source);
    void takeFile(source)
      .then(async (file) => file && setWaveform(source, (await listen(file)).peaks))
      // Without its waveform a sound is a plain bar.
      .catch(() => {});
  }, [source]);
  return all.get(source) ?? null;
}

/** Whether what is dragged catches at beats; for as long as the page is open. */
export const catching = createStore(true);
export const useCatching = () => useSyncExternalStore(catching.subscribe, catching.get, catching.get);
