import { useMutation } from '@tanstack/react-query';
import { type CSSProperties, useEffect, useId, useRef, useState } from 'react';
import type { Upload } from '../../../contract/uploads.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './cover.module.css';
import { chooseCover } from './current-upload.ts';

/** Somebody who walks on is not asked after. */
const pauseMs = 400;
const stepMs = 100;

/**
 * The picture that stands for the video. It begins with the frame it has now; ten frames to choose from (radio buttons,
 * so arrow keys walk), and a slider for the moment between them. What is shown first comes from the file on this device,
 * then from the server, which has the word.
 */
export function Cover({ upload, previewUrl }: { upload: Upload; previewUrl: string | null }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const id = useId();
  const [wanted, setWanted] = useState<number | null>(null);
  const choose = useMutation({
    mutationFn: chooseCover,
    // One after the other, so that the last wish is the last to come true.
    scope: { id: 'cover' },
    onSettled: (_upload, _error, atMs) => setWanted((now) => (now === atMs ? null : now)),
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<number | null>(null);
  // Whoever publishes at once still meant it; where it is refused, the cover is the one before.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (pending.current !== null) void chooseCover(pending.current).catch(() => {});
    },
    [],
  );
  const { storyboard, facts } = upload;
  const at = wanted ?? upload.coverAtMs;
  const nearest =
    !storyboard || !facts || at === null ? -1 : Math.floor((at / facts.durationMs) * storyboard.count);
  const frames = useRef<HTMLDivElement>(null);
  // The list alone moves, not the page: what is chosen stands in its middle.
  useEffect(() => {
    const list = frames.current;
    const chosen = nearest < 0 ? null : list?.children[nearest];
    if (!list || !chosen) return;
    const [room, frame] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
    list.scrollBy({ left: frame.left + frame.width / 2 - room.left - room.width / 2 });
  }, [nearest]);
  if (!storyboard || !facts) return null;
  const times = Array.from({ length: storyboard.count }, (_, index) =>
    Math.round(((index + 0.5) / storyboard.count) * facts.durationMs),
  );
  const want = (atMs: number) => {
    setWanted(atMs);
    clearTimeout(timer.current);
    pending.current = atMs;
    timer.current = setTimeout(() => {
      pending.current = null;
      choose.mutate(atMs);
    }, pauseMs);
  };
  const taking = wanted !== null;
  const aspect = `${facts.width} / ${facts.height}`;
  const text = figures.tenths(at ?? 0);
  return (
    <fieldset className={styles.cover} aria-busy={taking || undefined}>
      <legend className={styles.legend}>{say('upload.cover.label')}</legend>
      <div className={styles.room}>
        <div className={styles.now} style={{ '--aspect': facts.width / facts.height } as CSSProperties}>
          {taking && previewUrl ? (
            <Moment url={previewUrl} atMs={wanted} />
          ) : (
            upload.posterUrl && (
              <img
                src={upload.posterUrl}
                alt={say('publish.cover.now', { at: text })}
                data-old={taking || undefined}
              />
            )
          )}
        </div>
        <div className={styles.choice}>
          <div ref={frames} className={styles.frames}>
            {times.map((atMs, index) => (
              <label key={atMs} className={styles.frame}>
                <input
                  type="radio"
                  name={id}
                  aria-label={say('upload.cover.frame', { at: figures.tenths(atMs), number: index + 1 })}
                  checked={index === nearest}
                  onChange={() => want(atMs)}
                  // Pressed once more, it is this very frame and not one near it.
                  onClick={() => index === nearest && at !== atMs && want(atMs)}
                />
                <span
                  className={styles.picture}
                  style={{
                    aspectRatio: aspect,
                    backgroundImage: `url("${storyboard.url}")`,
                    backgroundSize: `${storyboard.count * 100}% 100%`,
                    backgroundPositionX: `${storyboard.count > 1 ? (index / (storyboard.count - 1)) * 100 : 0}%`,
                  }}
                />
              </label>
            ))}
          </div>
          <div className={styles.moment}>
            <label htmlFor={`${id}-moment`}>{say('publish.cover.moment')}</label>
            <output htmlFor={`${id}-moment`} dir="auto">
              {text}
            </output>
            <input
              id={`${id}-moment`}
              type="range"
              min={0}
              max={Math.max(stepMs, Math.floor((facts.durationMs - 1) / stepMs) * stepMs)}
              step={stepMs}
              value={at ?? 0}
              aria-valuetext={text}
              onChange={(event) => want(event.target.valueAsNumber)}
            />
          </div>
          <p className={styles.hint} role="status">
            {taking
              ? say('publish.cover.taking', { at: text })
              : choose.isError
                ? problemSentence(words, choose.error)
                : choose.isSuccess
                  ? say('upload.cover.chosen')
                  : say('upload.cover.hint')}
          </p>
        </div>
      </div>
    </fieldset>
  );
}

/** The room it will take, so that nothing is pushed away under a finger when the frames are there. */
export function CoverToCome() {
  const { say } = useWords();
  return (
    <div className={styles.cover} aria-hidden="true">
      <span className={styles.legend}>{say('upload.cover.label')}</span>
      <div className={styles.room}>
        <Skeleton className={styles.toCome} />
        <div className={styles.choice}>
          <Skeleton height="5.5rem" />
          <Skeleton height="1.5rem" width="60%" />
        </div>
      </div>
    </div>
  );
}

/** A moment of the file on this device, at once. */
function Moment({ url, atMs }: { url: string; atMs: number }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.currentTime = atMs / 1000;
  }, [atMs]);
  return (
    <video
      ref={video}
      src={url}
      muted
      playsInline
      preload="auto"
      aria-hidden="true"
      tabIndex={-1}
      onLoadedMetadata={(event) => {
        event.currentTarget.currentTime = atMs / 1000;
      }}
    />
  );
}
