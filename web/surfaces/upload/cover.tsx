import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import type { Upload } from '../../../contract/uploads.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import styles from './cover.module.css';
import { chooseCover } from './current-upload.ts';

/** The picture that stands for the video: one of the frames the server has cut. Radio buttons, so arrow keys walk. */
export function Cover({ upload }: { upload: Upload }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const name = useId();
  const choose = useMutation({ mutationFn: chooseCover });
  const { storyboard, facts } = upload;
  if (!storyboard || !facts) return null;
  const times = Array.from({ length: storyboard.count }, (_, index) =>
    Math.round(((index + 0.5) / storyboard.count) * facts.durationMs),
  );
  return (
    <fieldset className={styles.cover} aria-busy={choose.isPending || undefined}>
      <legend className={styles.legend}>{say('upload.cover.label')}</legend>
      <div className={styles.frames}>
        {times.map((atMs, index) => (
          <label key={atMs} className={styles.frame}>
            <input
              type="radio"
              name={name}
              aria-label={say('upload.cover.frame', { at: figures.clock(atMs), number: index + 1 })}
              checked={choose.variables === atMs}
              onChange={() => choose.mutate(atMs)}
            />
            <span
              className={styles.picture}
              style={{
                aspectRatio: `${facts.width} / ${facts.height}`,
                backgroundImage: `url("${storyboard.url}")`,
                backgroundSize: `${storyboard.count * 100}% 100%`,
                backgroundPositionX: `${storyboard.count > 1 ? (index / (storyboard.count - 1)) * 100 : 0}%`,
              }}
            />
          </label>
        ))}
      </div>
      <p className={styles.hint} role="status">
        {choose.isError
          ? problemSentence(words, choose.error)
          : choose.isSuccess
            ? say('upload.cover.chosen')
            : say('upload.cover.hint')}
      </p>
    </fieldset>
  );
}
