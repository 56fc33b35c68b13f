import { useRef, useState } from 'react';
import { captionLimits } from '../../../contract/captions.ts';
import type { CueFile } from '../../../contract/cue-files.ts';
import type { Cue } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import styles from './captions.module.css';
import { CueEditor } from './cue-editor.tsx';
import { CueFiles } from './cue-files.tsx';

/** At 30 pictures a second; a file's own rate is not told. */
const frameMs = 1000 / 30;

/** A video that is made already, its captions beside it, and files in and out. */
export function CueDesk({
  src,
  poster,
  durationMs,
  cues,
  language,
  onChange,
  onRead,
}: {
  /** Null where this browser has no picture to show; times are typed then. */
  src: string | null;
  poster?: string;
  /** Null: as the video says. */
  durationMs: number | null;
  cues: readonly Cue[];
  language: string | null;
  onChange: (cues: Cue[]) => boolean;
  onRead: (file: CueFile) => void;
}) {
  const { say } = useWords();
  const screen = useRef<HTMLVideoElement>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [atMs, setAtMs] = useState(0);
  const [foundMs, setFoundMs] = useState(0);
  const stand = (video: HTMLVideoElement) => setAtMs(video.currentTime * 1000);
  return (
    <>
      {src && (
        <video
          ref={screen}
          className={styles.screen}
          src={src}
          poster={poster}
          controls
          muted
          playsInline
          preload="metadata"
          aria-label={say('captions.screen')}
          onLoadedMetadata={({ currentTarget }) =>
            Number.isFinite(currentTarget.duration) && setFoundMs(currentTarget.duration * 1000)
          }
          onTimeUpdate={({ currentTarget }) => stand(currentTarget)}
          onSeeked={({ currentTarget }) => stand(currentTarget)}
        />
      )}
      <CueEditor
        cues={cues}
        wholeMs={durationMs ?? foundMs}
        atMs={atMs}
        frameMs={frameMs}
        language={language}
        chosen={chosen}
        onChoose={setChosen}
        onChange={onChange}
        seek={(ms) => {
          if (screen.current) screen.current.currentTime = ms / 1000;
        }}
      />
      <CueFiles
        cues={cues}
        language={language}
        name={language ? `captions-${language}` : 'captions'}
        most={captionLimits.cues}
        onRead={onRead}
      />
    </>
  );
}
