import { durationOf } from '../../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../../contract/edit-list.ts';
import type { SoundId } from '../../../../contract/ids.ts';
import { cuesWithin } from '../../captions/cues.rules.ts';
import type { Draft } from '../../upload/draft.ts';
import { creditOf, templateOf } from '../together.rules.ts';

/** What is known of a video from its list goes along with its file, whoever made that. Pure. */
export const wordsAlong = (
  draftId: string,
  list: EditList,
  asTemplate: boolean,
  without: readonly string[],
): Partial<Draft> => ({
  // Captions that are not drawn into the picture. Their times are those of the file.
  cues: list.cueStyle ? null : cuesWithin(list.cues, durationOf(list)),
  pictureTexts: drawnWords(list),
  soundId: librarySound(list),
  credit: creditOf(list),
  template: asTemplate ? templateOf(list, without) : null,
  studioDraft: draftId,
});

/** Texts, and captions that are part of the picture: whoever has muted one of these words is kept from it. */
function drawnWords(list: EditList): string[] {
  const whole = durationOf(list);
  const captions = ((list.cueStyle && cuesWithin(list.cues, whole)) || []).map(({ text }) => text);
  const texts = list.texts.filter(({ atMs }) => atMs < whole).map(({ text }) => text);
  // A sentence may go on in the next line of the captions.
  return [...texts, captions.join(' ').slice(0, 10_000)].filter(Boolean);
}

/** The sound of the library that a video is made with, if it is exactly one. */
function librarySound(list: EditList): SoundId | null {
  const heard = list.sounds.filter(({ volume, atMs }) => volume > 0 && atMs < durationOf(list));
  const sources = heard.map(({ source }) => list.sources[source]);
  const ids = new Set(sources.flatMap((one) => (one?.kind === 'sound' && one.of) || []));
  return ids.size === 1 ? ([...ids][0] as SoundId) : null;
}
