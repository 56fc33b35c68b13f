import { ArrowRight, FlipHorizontal2, Grid3x3, Timer, Undo2, X, Zap } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useInstance } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import type { Facing } from '../../studio/camera/camera.ts';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/state.tsx';
import styles from './camera-room.module.css';
import { listOf, type Project, undoOne } from './project.ts';
import { RecordButton } from './record-button.tsx';
import { useCamera } from './use-camera.ts';
import { useRecorder } from './use-recorder.ts';

const lengths = [15_000, 60_000, 180_000];
const speeds = [0.3, 0.5, 1, 2, 3];
const countdowns = [0, 3, 10];
const nextOf = <One,>(all: readonly One[], one: One) => all[(all.indexOf(one) + 1) % all.length]!;

/** The camera: segments one after the other until the length that was chosen is full. */
export function CameraRoom({ current, onDone }: { current: Project; onDone: () => void }) {
  const { say } = useWords();
  const figures = useFigures();
  const most = useInstance()?.limits.durationMs ?? 60_000;
  const [wantedMs, setWantedMs] = useState(60_000);
  const [facing, setFacing] = useState<Facing>('user');
  const [speed, setSpeed] = useState(1);
  const [countdownS, setCountdownS] = useState(0);
  const [grid, setGrid] = useState(false);
  const [torch, setTorch] = useState(false);
  const list = listOf(current);
  const usedMs = durationOf(list);
  const lengthMs = Math.min(most, wantedMs);
  const [busy, setBusy] = useState(false);
  const { camera, problem, again } = useCamera(facing, busy);
  const recorder = useRecorder(camera, current, {
    speed,
    roomMs: Math.max(0, lengthMs - usedMs),
    countdownS,
  });
  const recording = recorder.state === 'recording';
  useEffect(() => setBusy(recorder.state !== 'idle'), [recorder.state]);

  const finder = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (finder.current) finder.current.srcObject = camera?.stream ?? null;
  }, [camera]);

  return (
    <div className={styles.room} data-room="dark">
      <title>{say('studio.camera.title')}</title>
      <h1 className="visually-hidden">{say('studio.camera.title')}</h1>
      <header className={styles.top}>
        <IconButton
          label={say('studio.camera.close')}
          icon={<X aria-hidden="true" />}
          disabled={recorder.state !== 'idle'}
          onClick={onDone}
        />
        <Segments
          used={list.clips.map((clip) => (clip.toMs - clip.fromMs) / clip.speed)}
          now={recorder.takenMs}
          whole={lengthMs}
        />
        <output className={styles.clock} aria-live="off">
          {figures.tenths(usedMs + recorder.takenMs)} / {figures.clock(lengthMs)}
        </output>
      </header>
      <div className={styles.finder}>
        {problem ? (
          <NoCamera problem={problem} onAgain={again} />
        ) : (
          <video
            ref={finder}
            className={camera?.mirrored ? styles.mirror : styles.picture}
            autoPlay
            muted
            playsInline
            aria-label={say('studio.camera.finder')}
          />
        )}
        {grid && !problem && <div className={styles.grid} aria-hidden="true" />}
        {recorder.state === 'counting' && (
          <output className={styles.count} aria-live="assertive">
            {recorder.countS}
          </output>
        )}
      </div>
      {!problem && (
        <div className={styles.tools} role="toolbar" aria-label={say('studio.camera.tools')}>
          <Tool
            label={say('studio.camera.flip')}
            icon={<FlipHorizontal2 aria-hidden="true" />}
            disabled={recording}
            onPress={() => setFacing(facing === 'user' ? 'environment' : 'user')}
          />
          <Tool
            label={say('studio.camera.speed', { speed })}
            icon={<span className={styles.figure}>{say('studio.times', { speed })}</span>}
            disabled={recording}
            onPress={() => setSpeed(nextOf(speeds, speed))}
          />
          <Tool
            label={say('studio.camera.countdown', { seconds: countdownS })}
            icon={
              countdownS ? <span className={styles.figure}>{countdownS}</span> : <Timer aria-hidden="true" />
            }
            disabled={recording}
            onPress={() => setCountdownS(nextOf(countdowns, countdownS))}
          />
          <Tool
            label={say('studio.camera.grid')}
            icon={<Grid3x3 aria-hidden="true" />}
            pressed={grid}
            onPress={() => setGrid(!grid)}
          />
          {camera?.hasTorch && (
            <Tool
              label={say('studio.camera.torch')}
              icon={<Zap aria-hidden="true" />}
              pressed={torch}
              onPress={() => void camera.setTorch(!torch).then(() => setTorch(!torch))}
            />
          )}
          <Tool
            label={say('studio.camera.length', { duration: figures.clock(lengthMs) })}
            icon={<span className={styles.figure}>{figures.clock(lengthMs)}</span>}
            disabled={recording || usedMs > 0}
            onPress={() =>
              setWantedMs(
                nextOf(
                  lengths.filter((one) => one <= most),
                  wantedMs,
                ),
              )
            }
          />
        </div>
      )}
      {camera && !camera.hasMicrophone && <p className={styles.hint}>{say('studio.camera.noMicrophone')}</p>}
      {camera?.zoom && (
        <label className={styles.zoom}>
          <span className="visually-hidden">{say('studio.camera.zoom')}</span>
          <input
            type="range"
            min={camera.zoom.min}
            max={camera.zoom.max}
            step={camera.zoom.step || 0.1}
            defaultValue={camera.zoom.min}
            onChange={(event) => void camera.setZoom(event.target.valueAsNumber)}
          />
        </label>
      )}
      {recorder.problem && (
        <p role="alert" className={styles.hint}>
          {say(
            recorder.problem === 'QuotaExceededError'
              ? 'studio.disk.full'
              : recorder.problem === 'take_too_short'
                ? 'studio.take.tooShort'
                : 'studio.take.cut',
          )}
        </p>
      )}
      <footer className={styles.bottom}>
        <Button
          look="plain"
          icon={<Undo2 size={20} aria-hidden="true" />}
          disabled={recorder.state !== 'idle' || list.clips.length === 0}
          onClick={undoOne}
        >
          {say('studio.camera.undo')}
        </Button>
        <RecordButton
          state={recorder.state}
          ready={camera !== null}
          onPress={recorder.press}
          onEnd={recorder.end}
        />
        <Button
          look="primary"
          icon={<ArrowRight size={20} aria-hidden="true" className="mirrored" />}
          disabled={recorder.state !== 'idle' || list.clips.length === 0}
          onClick={onDone}
        >
          {say('studio.next')}
        </Button>
      </footer>
    </div>
  );
}

function Tool({
  label,
  icon,
  pressed,
  disabled,
  onPress,
}: {
  label: string;
  icon: React.ReactNode;
  pressed?: boolean;
  disabled?: boolean;
  onPress: () => void;
}) {
  return (
    <IconButton
      label={label}
      icon={icon}
      aria-pressed={pressed}
      disabled={disabled}
      className={styles.tool}
      onClick={onPress}
    />
  );
}

/** What is recorded, as bars that fill the line. */
function Segments({ used, now, whole }: { used: number[]; now: number; whole: number }) {
  return (
    <div className={styles.segments} aria-hidden="true">
      {[...used, now].map((ms, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: segments have no other name and keep their order
        <span key={index} style={{ inlineSize: `${Math.min(100, (ms / whole) * 100)}%` }} />
      ))}
    </div>
  );
}

function NoCamera({ problem, onAgain }: { problem: string; onAgain: () => void }) {
  const { say } = useWords();
  const known = ['no_camera_here', 'camera_refused', 'camera_missing', 'camera_busy'];
  const key = known.includes(problem) ? problem : 'camera_missing';
  return (
    <ErrorState
      title={say(`studio.${key}.title`)}
      onRetry={key === 'no_camera_here' ? undefined : onAgain}
      action={
        <Link href={paths.upload()} className={buttonClass({ look: 'quiet' })}>
          {say('studio.justUpload')}
        </Link>
      }
    >
      <p>{say(`studio.${key}.text`)}</p>
    </ErrorState>
  );
}
