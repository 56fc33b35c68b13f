import { useEffect, useState } from 'react';
import type { Cue, Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { useSettings } from '../../settings.ts';
import { languageShown } from './tracks.rules.ts';

type Track = { language: string | null; cues: readonly Cue[] };
type Titled = Pick<Video, 'id' | 'cues' | 'captionLanguages'>;

export function useLanguageShown({ captionLanguages }: Titled): string | null {
  const { captionLanguage, language } = useSettings();
  const { language: shown } = useWords();
  // The pages may be in a language that nobody chose, because they are not written in the one that is read.
  const reads = [...(language ? [language] : []), ...navigator.languages, shown];
  return languageShown(captionLanguages, captionLanguage, reads);
}

/** The captions to be shown. The video brings its own; another language is fetched when it is the one wanted. */
export function useTrack(video: Titled): Track | null {
  const language = useLanguageShown(video);
  const { id, cues, captionLanguages } = video;
  const isOwn = language === captionLanguages[0];
  const [other, setOther] = useState<(Track & { of: string }) | null>(null);
  useEffect(() => {
    if (isOwn || !language) return undefined;
    let left = false;
    api.captionTrack(id, language).then(
      (track) => left || setOther({ ...track, of: id }),
      // Without the line those of the video itself are better than none.
      () => left || setOther({ of: id, language: captionLanguages[0] ?? null, cues: cues ?? [] }),
    );
    return () => {
      left = true;
    };
  }, [id, isOwn, language, cues, captionLanguages]);
  if (!cues?.length || !language) return null;
  if (isOwn) return { language: language === 'und' ? null : language, cues };
  return other?.of === id ? other : null;
}
