import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Camera } from '../../studio/camera/camera.ts';
import { watchFinder } from '../../studio/camera/glimpses.ts';
import { nextPicture } from '../../studio/camera/pictures.ts';
import { firstTakenAt, type Glimpse } from '../../studio/camera/recognise.rules.ts';
import { type Recording, record } from '../../studio/camera/recording.ts';
import type { Companions } from '../../studio/layouts/companions.ts';
import type { Monitor } from '../../studio/sounds/monitor.ts';
import { kept } from '../../studio/takes/kept.ts';
import { takeFile } from '../../studio/takes/takes.ts';
import { addTake, keepDraft, type Project } from './project.ts';

/** Enough is seen of the companions, or heard of the sound, to know when they began. */
const notedAfterMs = 500;

export type RecorderState = 'idle' | 'counting' | 'recording' | 'keeping';

/** A recorder's newest pictures are still on their way when it is stopped: what is too much is trimmed. */
const tailMs = 300;

/** By these pictures a recording is recognised among what the finder showed. */
const glimpsedMs = 700;
const comparedMs = 500;

async function whenFirstTaken(takeId: string, seen: readonly Glimpse[], guessed: number): Promise<number> {
  if (seen.length === 0) return guessed;
  try {
    const { firstPictures } = await import('../../studio/reels/first-pictures.ts');
    const file = await takeFile(takeId);
    return file ? firstTakenAt(seen, await firstPictures(file, comparedMs), guessed) : guessed;
  } catch {
    return guessed; // Without the line that brings what reads it: as near as the finder told.
  }
}

/**
 * From the press of the button to a clip in the list. `roomMs` is how much the result may still grow; recording stops
 * by itself there. A take faster than life is shorter in the result than it took. With a `monitor` it is filmed to a
 * sound, with `companions` beside videos that play from `usedMs` of the result on: the clip begins with the picture that
 * was taken when the sound was heard, or when they began to move. Never with both.
 */
export function useRecorder(
  camera: Camera | null,
  current: Project,
  {
    speed,
    usedMs,
    roomMs,
    countdownS,
    finder,
    monitor,
    quiet,
    companions,
    onTake = addTake,
  }: {
    speed: number;
    usedMs: number;
    roomMs: number;
    countdownS: number;
    finder: RefObject<HTMLVideoElement | null>;
    monitor: Monitor | null;
    quiet: boolean;
    companions: Companions | null;
    /** What becomes of a take; false when nothing of it can be used. */
    onTake?: typeof addTake;
  },
) {
  const [state, setState] = useState<RecorderState>('idle');
  const [takenMs, setTakenMs] = useState(0);
  const [countS, setCountS] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const recording = useRef<Recording | null>(null);
  const timer = useRef(0);
  const ending = useRef(false);
  /** Of the segment that is recorded, as it was begun. */
  const facts = useRef({ roomMs: 0, quiet: false, stopSound: () => {} });
  /** What the segment is filmed to: it knows when it began. */
  const filmedTo = useRef<Pick<Companions, 'beganAt'> | null>(null);
  /** When the first picture was taken that is recorded, and what the finder showed then. */
  const firstAt = useRef(0);
  const glimpses = useRef<ReturnType<typeof watchFinder> | null>(null);
  /** Between the press and the first byte: a second press begins nothing, letting go ends it as soon as it runs. */
  const starting = useRef<'no' | 'yes' | 'let go'>('no');

  const begin = async () => {
    if (!camera || recording.current || starting.current !== 'no') return;
    starting.current = 'yes';
    setProblem(null);
    ending.current = false;
    let from: number | null = null;
    let startedAt = 0;
    try {
      await keepDraft();
      await monitor?.wake();
      await companions?.seek(usedMs);
      facts.current = { roomMs, quiet, stopSound: () => monitor?.stop() };
      filmedTo.current = monitor ?? companions;
      glimpses.current = monitor || companions ? watchFinder(finder.current) : null;
      recording.current = await record(camera.stream, {
        draftId: current.draftId,
        speed,
        quiet,
        now: Date.now(),
        // Right after a picture, so that it is known which one is the first: the next.
        brink: async () => {
          if (monitor || companions) await nextPicture(finder.current);
          startedAt = performance.now();
        },
        onCut: () => void end(),
      });
      if (monitor || companions) firstAt.current = await nextPicture(finder.current, startedAt);
      await companions?.start(speed);
      if (monitor) {
        from = monitor.start(speed);
        void kept.note(recording.current.takeId, { leadMs: leadMs() });
      }
    } catch (error) {
      starting.current = 'no';
      glimpses.current?.stop();
      setState('idle');
      return setProblem((error as Error).name);
    }
    const isLetGo = (starting.current as string) === 'let go';
    starting.current = 'no';
    if (isLetGo) return void end();
    const begunAt = from ?? performance.now();
    setTakenMs(0);
    setState('recording');
    let noted = false;
    setTimeout(() => glimpses.current?.stop(), glimpsedMs);
    timer.current = window.setInterval(() => {
      const ms = Math.max(0, performance.now() - begunAt) / speed;
      if (filmedTo.current && !noted && ms > notedAfterMs && leadMs() > 0 && recording.current) {
        noted = true;
        void kept.note(recording.current.takeId, { leadMs: leadMs() });
      }
      setTakenMs(Math.min(ms, roomMs));
      if (ms < roomMs) return;
      facts.current.stopSound();
      if (performance.now() - begunAt >= roomMs * speed + tailMs) void end();
    }, 50);
  };
  /** Between the first picture and the moment that the companions began with, or the sound. */
  const leadMs = () => {
    const beganAt = filmedTo.current?.beganAt() ?? firstAt.current;
    return Math.max(0, Math.round(beganAt - firstAt.current));
  };
  const end = async () => {
    if (starting.current === 'yes') starting.current = 'let go';
    if (!recording.current || ending.current) return;
    ending.current = true;
    clearInterval(timer.current);
    setState('keeping');
    companions?.pause();
    const { stopSound, ...mine } = facts.current;
    stopSound();
    const { takeId, failed } = await recording.current.stop();
    recording.current = null;
    glimpses.current?.stop();
    firstAt.current = await whenFirstTaken(takeId, glimpses.current?.seen ?? [], firstAt.current);
    const isKept = await onTake(takeId, { kind: 'take', speed, ...mine, leadMs: leadMs() });
    if (failed) setProblem(failed);
    else if (!isKept) setProblem('take_too_short');
    setTakenMs(0);
    setState('idle');
  };
  const press = () => {
    if (state === 'recording') return void end();
    if (state === 'counting') {
      clearInterval(timer.current);
      return setState('idle');
    }
    if (state !== 'idle' || roomMs < 100) return undefined;
    if (countdownS === 0) return void begin();
    setState('counting');
    setCountS(countdownS);
    let left = countdownS;
    timer.current = window.setInterval(() => {
      left--;
      setCountS(left);
      if (left > 0) return;
      clearInterval(timer.current);
      void begin();
    }, 1000);
    return undefined;
  };
  const companionsNow = useRef(companions);
  companionsNow.current = companions;
  // Leaving the room ends the take; what was recorded is kept and found again.
  useEffect(
    () => () => {
      clearInterval(timer.current);
      companionsNow.current?.pause();
      void recording.current?.stop();
    },
    [],
  );
  return { state, takenMs, countS, problem, press, end };
}
