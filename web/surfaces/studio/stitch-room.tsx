import { ArrowRight, Pause, Play, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { stitchMs } from '../../../contract/credits.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { newId, takeFile } from '../../studio/takes/takes.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { listOf, make, type Project } from './project.ts';
import { Room } from './room.tsx';
import { Slider } from './slider.tsx';
import styles from './stitch-room.module.css';

/** A shorter piece is not recognised as one. */
const shortestMs = 500;

/** Which piece of the other's video comes first: at most five seconds of it. */
export function StitchRoom({
  current,
  onChosen,
  onLeave,
}: {
  current: Project;
  onChosen: () => void;
  onLeave: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const [id, source] = Object.entries(listOf(current).sources).find(([, { kind }]) => kind === 'video')!;
  const most = Math.min(stitchMs, source.durationMs);
  const [fromMs, setFrom] = useState(0);
  const [forMs, setFor] = useState(most);
  const [playing, setPlaying] = useState(false);
  const player = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    let url: string | null = null;
    void takeFile(id).then((file) => {
      if (!file || !player.current) return;
      url = URL.createObjectURL(file);
      player.current.src = url;
    });
    return () => {
      if (url) URL.revokeObjectURL(url);
    };
  }, [id]);
  const show = (ms: number) => {
    player.current?.pause();
    if (player.current) player.current.currentTime = ms / 1000;
  };
  const choose = () => {
    const plain = { speed: 1, reversed: false, volume: 1, look: null, transition: null, backdrop: null };
    const clip = { ...plain, id: newId(), source: id, fromMs, toMs: fromMs + forMs };
    if (make({ kind: 'addClip', clip, index: 0 })) onChosen();
  };
  return (
    <Room className={styles.room} title={say('studio.with.stitch.title')}>
      <header className={styles.top}>
        <IconButton label={say('studio.edit.close')} icon={<X aria-hidden="true" />} onClick={onLeave} />
        <h2 className={styles.title}>{say('studio.stitch.choose')}</h2>
      </header>
      <div className={styles.stage}>
        {/* biome-ignore lint/a11y/useMediaCaption: the piece is chosen by what is seen; its page has its captions */}
        <video
          ref={player}
          playsInline
          preload="auto"
          aria-label={say('studio.preview')}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onTimeUpdate={({ currentTarget }) => {
            if (currentTarget.currentTime * 1000 >= fromMs + forMs) currentTarget.pause();
          }}
        />
      </div>
      <div className={styles.trim}>
        <p className={styles.hint}>{say('studio.stitch.hint', { seconds: stitchMs / 1000 })}</p>
        <Slider
          label={say('studio.stitch.from')}
          value={fromMs}
          text={figures.tenths(fromMs)}
          min={0}
          max={Math.max(0, source.durationMs - shortestMs)}
          step={100}
          onChange={(ms) => {
            setFrom(ms);
            setFor(Math.min(forMs, source.durationMs - ms));
            show(ms);
          }}
        />
        <Slider
          label={say('studio.stitch.length')}
          value={forMs}
          text={figures.tenths(forMs)}
          min={Math.min(shortestMs, most)}
          max={Math.min(most, source.durationMs - fromMs)}
          step={100}
          onChange={(ms) => {
            setFor(ms);
            show(Math.max(fromMs, fromMs + ms - 40));
          }}
        />
      </div>
      <footer className={styles.bottom}>
        <Button
          icon={playing ? <Pause size={20} aria-hidden="true" /> : <Play size={20} aria-hidden="true" />}
          onClick={() => {
            if (playing) return player.current?.pause();
            show(fromMs);
            void player.current?.play();
            return undefined;
          }}
        >
          {say(playing ? 'studio.pause' : 'studio.play')}
        </Button>
        <Button
          look="primary"
          icon={<ArrowRight size={20} aria-hidden="true" className="mirrored" />}
          onClick={choose}
        >
          {say('studio.stitch.take')}
        </Button>
      </footer>
    </Room>
  );
}
