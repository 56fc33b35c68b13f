/** Captions have no ids: what is worked on is called by its place. No id of a thing has a colon in it. */
export const nameOfCue = (at: number | null): string | null => (at === null ? null : `cue:${at}`);
export const chosenCue = (chosen: string | null): number | null =>
  chosen?.startsWith('cue:') ? Number(chosen.slice(4)) : null;
