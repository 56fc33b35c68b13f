import { Refusal } from '../../../contract/errors.ts';
import type { Cue } from '../../../contract/videos.ts';

/** Caption tracks, pure. Cues come in order of their start and end inside the video (when its length is known). */
export function checkCues(cues: readonly Cue[] | null, durationMs: number | null): Cue[] | null {
  if (cues === null || cues.length === 0) return null;
  const fault = (at: number, message: string) =>
    new Refusal('invalid_input', { where: 'body', faults: [{ path: `cues.${at}`, message }] });
  let previousMs = 0;
  return cues.map((cue, at) => {
    if (cue.endMs <= cue.startMs) throw fault(at, 'must end after it starts');
    if (cue.startMs < previousMs) throw fault(at, 'must not start before the cue before it');
    if (durationMs !== null && cue.startMs >= durationMs) throw fault(at, 'must start inside the video');
    previousMs = cue.startMs;
    const text = cue.text
      .normalize('NFC')
      .replace(/[\p{Cs}\0]/gu, '')
      .trim();
    if (text === '') throw fault(at, 'must have text');
    // The last cue often ends with the sound, a few frames after the picture.
    const endMs = durationMs === null ? cue.endMs : Math.min(cue.endMs, durationMs);
    return { startMs: cue.startMs, endMs, text };
  });
}

/** Of a video's own captions: as its author said, else that of its caption, else nobody knows. */
export const mainLanguageOf = (row: { cues_language: string | null; language: string | null }): string =>
  row.cues_language ?? row.language ?? 'und';

/** Cues that were written before the length was known, fitted to it. */
export function fitCues(cues: readonly Cue[] | null, durationMs: number): Cue[] | null {
  const fitted = (cues ?? [])
    .filter((cue) => cue.startMs < durationMs)
    .map((cue) => ({ ...cue, endMs: Math.min(cue.endMs, durationMs) }));
  return fitted.length > 0 ? fitted : null;
}
