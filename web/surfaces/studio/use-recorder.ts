import { useEffect, useRef, useState } from 'react';
import type { Camera } from '../../studio/camera/camera.ts';
import { type Recording, record } from '../../studio/camera/recording.ts';
import { addTake, keepDraft, type Project } from './project.ts';

export type RecorderState = 'idle' | 'counting' | 'recording' | 'keeping';

/**
 * From the press of the button to a clip in the list. `roomMs` is how much the result may still grow; recording stops
 * by itself there. A take faster than life is shorter in the result than it took.
 */
export function useRecorder(
  camera: Camera | null,
  current: Project,
  { speed, roomMs, countdownS }: { speed: number; roomMs: number; countdownS: number },
) {
  const [state, setState] = useState<RecorderState>('idle');
  const [takenMs, setTakenMs] = useState(0);
  const [countS, setCountS] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const recording = useRef<Recording | null>(null);
  const timer = useRef(0);
  const ending = useRef(false);
  /** Between the press and the first byte: a second press begins nothing, letting go ends it as soon as it runs. */
  const starting = useRef<'no' | 'yes' | 'let go'>('no');

  const begin = async () => {
    if (!camera || recording.current || starting.current !== 'no') return;
    starting.current = 'yes';
    setProblem(null);
    ending.current = false;
    try {
      await keepDraft();
      recording.current = await record(camera.stream, {
        draftId: current.draftId,
        speed,
        now: Date.now(),
        onCut: () => void end(),
      });
    } catch (error) {
      starting.current = 'no';
      setState('idle');
      return setProblem((error as Error).name);
    }
    const isLetGo = (starting.current as string) === 'let go';
    starting.current = 'no';
    if (isLetGo) return void end();
    const from = performance.now();
    setTakenMs(0);
    setState('recording');
    timer.current = window.setInterval(() => {
      const ms = (performance.now() - from) / speed;
      setTakenMs(Math.min(ms, roomMs));
      if (ms >= roomMs) void end();
    }, 50);
  };
  const end = async () => {
    if (starting.current === 'yes') starting.current = 'let go';
    if (!recording.current || ending.current) return;
    ending.current = true;
    clearInterval(timer.current);
    setState('keeping');
    const { takeId, failed } = await recording.current.stop();
    recording.current = null;
    const kept = await addTake(takeId, { kind: 'take', speed });
    if (failed) setProblem(failed);
    else if (!kept) setProblem('take_too_short');
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
  // Leaving the room ends the take; what was recorded is kept and found again.
  useEffect(
    () => () => {
      clearInterval(timer.current);
      void recording.current?.stop();
    },
    [],
  );
  return { state, takenMs, countS, problem, press, end };
}
