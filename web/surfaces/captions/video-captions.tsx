import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Cue, Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { asCaptionLanguage, captionLanguages } from './caption-languages.ts';
import styles from './captions.module.css';
import { CueDesk } from './cue-desk.tsx';
import { cuesWithin } from './cues.rules.ts';

/** The captions of a published video, a track for each language: written, brought in, taken home, removed. */
export function VideoCaptions({ video }: { video: Video }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [tracks, setTracks] = useState(video.captionLanguages);
  const [language, setLanguage] = useState(
    tracks[0] ?? asCaptionLanguage(video.language) ?? asCaptionLanguage(words.language) ?? 'en',
  );
  const [cues, setCues] = useState<readonly Cue[]>(video.cues ?? []);
  const [changed, setChanged] = useState(false);
  const media = video.media!;
  const names = useMemo(
    () => new Intl.DisplayNames([words.language], { type: 'language' }),
    [words.language],
  );
  const nameOf = (code: string) => (code === 'und' ? say('captions.language.unknown') : names.of(code)!);
  // What was changed is not lost by looking at another track; in a language without one it may be saved as well.
  const offered = [...new Set([...tracks, language, ...captionLanguages])].filter(
    (code) => !changed || code === language || !tracks.includes(code),
  );

  const open = useMutation({
    mutationFn: async (code: string) => ({
      code,
      cues: tracks.includes(code) ? (await api.captionTrack(video.id, code)).cues : null,
    }),
    onSuccess(found) {
      setLanguage(found.code);
      // For a new language what is there stays, to be translated or to say that it was another one all along.
      if (found.cues) setCues(found.cues);
      setChanged(found.cues === null && cues.length > 0);
    },
  });
  const heard = async (now: Video) => {
    setTracks(now.captionLanguages);
    await queries.invalidateQueries({ queryKey: ['my-videos'] });
  };
  const save = useMutation({
    mutationFn: () => api.putCaptionTrack(video.id, language, cuesWithin(cues, media.durationMs) ?? []),
    async onSuccess(now) {
      setChanged(false);
      await heard(now);
    },
  });
  const remove = useMutation({
    mutationFn: () => api.removeCaptionTrack(video.id, language),
    async onSuccess(now) {
      // The words stay here until the window closes: whoever did not mean it saves them again.
      setChanged(true);
      await heard(now);
    },
  });
  const problem = open.error ?? save.error ?? remove.error;
  const change = (next: readonly Cue[]) => {
    setCues(next);
    setChanged(true);
    save.reset();
    return true;
  };
  const readable = cuesWithin(cues, media.durationMs) !== null;
  const [source] = media.renditions.filter((one) => one.codec === 'h264').toSorted((a, b) => a.rung - b.rung);
  return (
    <section className={styles.editor} aria-label={say('captions.section')}>
      <h3 className={styles.heading}>{say('captions.section')}</h3>
      {problem && <Notice kind="wrong">{problemSentence(words, problem)}</Notice>}
      <Select
        label={say('captions.language')}
        hint={
          changed && tracks.length > 0
            ? say('captions.saveFirst')
            : tracks.length > 0
              ? say('captions.tracks', { names: tracks.map(nameOf).join(' · ') })
              : say('captions.tracks.none')
        }
        value={language}
        disabled={open.isPending}
        options={offered.map((value) => ({
          value,
          label: tracks.includes(value)
            ? say('captions.language.there', { name: nameOf(value) })
            : nameOf(value),
        }))}
        onChange={({ target }) => open.mutate(target.value)}
      />
      <CueDesk
        src={source?.url ?? null}
        poster={media.posterUrl}
        durationMs={media.durationMs}
        cues={cues}
        language={language === 'und' ? null : language}
        onChange={change}
        onRead={(file) => {
          change(file.cues);
          const said = asCaptionLanguage(file.language);
          if (said) setLanguage(said);
        }}
      />
      <div className={styles.row}>
        <Button
          small
          look="primary"
          busy={save.isPending}
          disabled={!changed || !readable}
          onClick={() => save.mutate()}
        >
          {say('captions.save', { name: nameOf(language) })}
        </Button>
        {changed && tracks.includes(language) && (
          <Button small busy={open.isPending} onClick={() => open.mutate(language)}>
            {say('captions.revert')}
          </Button>
        )}
        {tracks.includes(language) && (
          <Button small look="plain" busy={remove.isPending} onClick={() => remove.mutate()}>
            {say('captions.removeTrack', { name: nameOf(language) })}
          </Button>
        )}
      </div>
      <p role="status" className={styles.hint}>
        {save.isSuccess && !changed
          ? say('captions.saved')
          : remove.isSuccess && changed
            ? say('captions.trackRemoved')
            : ''}
      </p>
    </section>
  );
}
