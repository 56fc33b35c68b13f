import {
  ArrowLeftRight,
  ArrowRight,
  Grid3x3,
  Music,
  Ruler,
  SwitchCamera,
  Timer,
  Undo2,
  Volume2,
  X,
  Zap,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useInstance } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import type { Facing } from '../../studio/camera/camera.ts';
import type { Companions } from '../../studio/layouts/companions.ts';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useWayBack } from '../../ui/way-back.ts';
import { Beside, cellStyle } from './beside.tsx';
import { roomOf } from './camera.rules.ts';
import styles from './camera-room.module.css';
import { CameraSound, filmedTo } from './camera-sound.tsx';
import { CameraTimer } from './camera-timer.tsx';
import { isPair, Loudness, pairIcons, pairs, setLayout } from './layout-tools.tsx';
import { hasLevel, Level, mayLevel } from './level.tsx';
import { addTake, fillSlot, listOf, type Project, removeLast } from './project.ts';
import { RecordButton } from './record-button.tsx';
import { Room } from './room.tsx';
import { lengthBeside, swapped } from './together.rules.ts';
import { useCamera } from './use-camera.ts';
import { useMonitor } from './use-monitor.ts';
import { useRecorder } from './use-recorder.ts';
import { useZoom } from './use-zoom.ts';

const lengths = [15_000, 60_000, 180_000];
const speeds = [0.3, 0.5, 1, 2, 3];
const soonMs = 500;
const fetchEditing = () => import('./edit-room.tsx');
/** A take for a slot is not a picture too short. */
const spareMs = 150;
const nextOf = <One,>(all: readonly One[], one: One) => all[(all.indexOf(one) + 1) % all.length]!;

/** The camera: segments one after the other until the length that was chosen is full. */
export function CameraRoom({
  current,
  sound: wish = null,
  slotId,
  onDone,
}: {
  current: Project;
  /** A sound of the library to film to. */
  sound?: string | null;
  /** One take for this place of a template, as long as it is. */
  slotId: string | null;
  onDone: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const most = useInstance()?.limits.durationMs ?? 60_000;
  const [wantedMs, setWantedMs] = useState(60_000);
  const [facing, setFacing] = useState<Facing>('user');
  const [speed, setSpeed] = useState(1);
  const [countdownS, setCountdownS] = useState(0);
  const [grid, setGrid] = useState(false);
  const [level, setLevel] = useState(false);
  const [torch, setTorch] = useState(false);
  const [stopAtMs, setStopAtMs] = useState<number | null>(null);
  const [own, setOwn] = useState(false);
  const [sheet, setSheet] = useState<'sound' | 'timer' | null>(wish ? 'sound' : null);
  // Asked for once: whoever takes it out again does not get it back.
  const [wanted, setWanted] = useState(wish);
  const list = listOf(current);
  const last = list.clips.at(-1);
  const slot = slotId ? list.sources[slotId] : undefined;
  const usedMs = slot ? 0 : durationOf(list);
  const { layout } = list;
  const besideMs = lengthBeside(list);
  // Beside somebody, recording goes on until their end; a slot is filled to its end.
  const lengthMs = slot?.durationMs ?? Math.min(most, besideMs ?? wantedMs);
  const [companions, setCompanions] = useState<Companions | null>(null);
  const [loudness, setLoudness] = useState(false);
  const finder = useRef<HTMLVideoElement>(null);
  const [busy, setBusy] = useState(false);
  const { camera, problem, again } = useCamera(facing, busy);
  const zoom = useZoom(camera);
  const sound = filmedTo(list.sounds);
  const { monitor, waited } = useMonitor(list.sounds, current.reels, usedMs, lengthMs, sheet !== null);
  const recorder = useRecorder(camera, current, {
    speed,
    usedMs,
    roomMs: slot ? lengthMs + spareMs : roomOf(usedMs, lengthMs, stopAtMs),
    countdownS,
    finder,
    monitor: companions ? null : monitor,
    quiet: monitor !== null && !companions && !own,
    companions,
    onTake: async (takeId, facts) => {
      if (!slotId) return addTake(takeId, facts);
      const filled = await fillSlot(slotId, takeId, facts);
      if (filled) onDone();
      return filled;
    },
  });
  // Where it stopped by itself it does not stop again.
  if (stopAtMs !== null && usedMs >= stopAtMs - 50) setStopAtMs(null);
  const recording = recorder.state === 'recording';
  useEffect(() => setBusy(recorder.state !== 'idle'), [recorder.state]);
  // As the cross does; but what is recorded is ended first.
  useWayBack(recorder.state !== 'idle' || list.clips.length > 0, () => {
    if (recorder.state === 'idle') onDone();
    else if (recorder.state !== 'keeping') recorder.press();
  });

  useEffect(() => {
    if (recorder.state === 'idle') void companions?.seek(usedMs);
  }, [companions, usedMs, recorder.state]);
  useEffect(() => {
    if (finder.current) finder.current.srcObject = camera?.stream ?? null;
  }, [camera]);

  // What comes next, once the camera has its picture.
  useEffect(() => {
    if (!camera) return undefined;
    const timer = setTimeout(() => void fetchEditing().catch(() => {}), soonMs);
    return () => clearTimeout(timer);
  }, [camera]);

  return (
    <Room className={styles.room} title={say('studio.camera.title')}>
      <header className={styles.top}>
        <IconButton
          label={say('studio.camera.close')}
          icon={<X aria-hidden="true" />}
          disabled={recorder.state !== 'idle'}
          onClick={onDone}
        />
        <Segments
          used={slot ? [] : list.clips.map((clip) => (clip.toMs - clip.fromMs) / clip.speed)}
          now={recorder.takenMs}
          whole={lengthMs}
        />
        <output className={styles.clock} aria-live="off" dir="auto">
          {figures.tenths(usedMs + recorder.takenMs)} / {figures.clock(lengthMs)}
        </output>
      </header>
      <div
        className={styles.finder}
        data-layout={layout?.name}
        style={layout ? { aspectRatio: `${list.width} / ${list.height}` } : undefined}
        {...zoom.pinch}
      >
        {layout && (
          <Beside list={list} layout={layout} busy={recorder.state !== 'idle'} onReady={setCompanions} />
        )}
        {!problem && !layout && !slot && (
          <Button
            small
            className={styles.sound}
            icon={<Music size={18} aria-hidden="true" />}
            disabled={recorder.state !== 'idle'}
            onClick={() => setSheet('sound')}
          >
            {sound ? (current.names.get(sound.source) ?? say('studio.sound')) : say('studio.sound.add')}
          </Button>
        )}
        {problem ? (
          <NoCamera problem={problem} onAgain={again} />
        ) : (
          <video
            ref={finder}
            className={camera?.mirrored ? styles.mirror : styles.picture}
            style={layout ? cellStyle(layout, layout.mine) : undefined}
            autoPlay
            muted
            playsInline
            aria-label={say('studio.camera.finder')}
          />
        )}
        {grid && !problem && <div className={styles.grid} aria-hidden="true" />}
        {level && !problem && <Level />}
        {recorder.state === 'counting' && (
          <output className={styles.count} aria-live="assertive">
            {recorder.countS}
          </output>
        )}
      </div>
      {!problem && (
        <Toolbar className={styles.tools} label={say('studio.camera.tools')}>
          <Tool
            label={say('studio.camera.flip')}
            icon={<SwitchCamera aria-hidden="true" />}
            disabled={recording}
            onPress={() => setFacing(facing === 'user' ? 'environment' : 'user')}
          />
          <Tool
            label={say('studio.camera.speed', { speed })}
            icon={<bdi className={styles.figure}>{say('studio.times', { speed })}</bdi>}
            disabled={recording || slot !== undefined}
            onPress={() => setSpeed(nextOf(speeds, speed))}
          />
          <Tool
            label={say('studio.camera.countdown', { seconds: countdownS })}
            icon={
              countdownS ? <span className={styles.figure}>{countdownS}</span> : <Timer aria-hidden="true" />
            }
            pressed={countdownS > 0 || stopAtMs !== null}
            disabled={recording}
            onPress={() => setSheet('timer')}
          />
          <Tool
            label={say('studio.camera.grid')}
            icon={<Grid3x3 aria-hidden="true" />}
            pressed={grid}
            onPress={() => setGrid(!grid)}
          />
          {hasLevel() && (
            <Tool
              label={say('studio.camera.level')}
              icon={<Ruler aria-hidden="true" />}
              pressed={level}
              onPress={() => void (level ? setLevel(false) : mayLevel().then(setLevel))}
            />
          )}
          {camera?.hasTorch && (
            <Tool
              label={say('studio.camera.torch')}
              icon={<Zap aria-hidden="true" />}
              pressed={torch}
              onPress={() => void camera.setTorch(!torch).then(() => setTorch(!torch))}
            />
          )}
          {layout && isPair(layout.name) && (
            <>
              <Tool
                label={say('studio.layout.next', { layout: say(`studio.layout.${layout.name}`) })}
                icon={pairIcons[layout.name]}
                disabled={recorder.state !== 'idle'}
                onPress={() =>
                  setLayout({ ...layout, name: nextOf(pairs, layout.name as (typeof pairs)[number]) })
                }
              />
              <Tool
                label={say('studio.layout.swap')}
                icon={<ArrowLeftRight aria-hidden="true" />}
                disabled={recorder.state !== 'idle'}
                onPress={() => setLayout(swapped(layout))}
              />
            </>
          )}
          {layout && layout.others.length > 0 && (
            <Tool
              label={say('studio.with.loudness')}
              icon={<Volume2 aria-hidden="true" />}
              pressed={loudness}
              onPress={() => setLoudness(!loudness)}
            />
          )}
          {besideMs === null && !slot && (
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
          )}
        </Toolbar>
      )}
      {camera && !camera.hasMicrophone && <p className={styles.hint}>{say('studio.camera.noMicrophone')}</p>}
      {layout && loudness && (
        <div className={styles.loudness}>
          <Loudness layout={layout} />
        </div>
      )}
      {camera?.hasMicrophone &&
        layout?.others.some(({ volume }) => volume > 0) &&
        usedMs === 0 &&
        recorder.state === 'idle' && <p className={styles.hint}>{say('studio.with.headphones')}</p>}
      {zoom.range && (
        <label className={styles.zoom}>
          <span className="visually-hidden">{say('studio.camera.zoom')}</span>
          <input
            type="range"
            min={zoom.range.min}
            max={zoom.range.max}
            step={zoom.range.step || 0.1}
            value={zoom.zoom}
            onChange={(event) => zoom.set(event.target.valueAsNumber)}
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
          disabled={recorder.state !== 'idle' || !last || slot !== undefined}
          onClick={removeLast}
        >
          {say('studio.camera.undo')}
        </Button>
        <RecordButton
          state={recorder.state}
          ready={camera !== null && !waited}
          onPress={recorder.press}
          onEnd={recorder.end}
          onDragBegin={zoom.begin}
          onDrag={zoom.drag}
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
      {sheet === 'sound' && (
        <CameraSound
          current={current}
          wish={wanted}
          onPicked={() => setWanted(null)}
          own={own}
          onOwn={setOwn}
          onClose={() => setSheet(null)}
        />
      )}
      {sheet === 'timer' && (
        <CameraTimer
          {...{ list, usedMs, lengthMs, countdownS, stopAtMs }}
          onCountdown={setCountdownS}
          onStopAt={setStopAtMs}
          onClose={() => setSheet(null)}
        />
      )}
    </Room>
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
