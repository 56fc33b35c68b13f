import { useEffect, useRef, useState } from 'react';
import { openMicrophone, openVoice, type Voice } from '../../studio/sounds/voice.ts';
import { addVoice, keepDraft } from './project.ts';
import type { PreviewState } from './use-preview.ts';

type State = 'idle' | 'opening' | 'speaking' | 'keeping';
const known = ['no_microphone_here', 'microphone_refused', 'microphone_missing', 'microphone_busy'];

/** Speaking over the video from where the playhead stands, until it is stopped or the video ends. */
export function useVoiceOver(draftId: string, preview: PreviewState, onDone: (soundId: string) => void) {
  const [state, setState] = useState<State>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const voice = useRef<Voice | null>(null);

  const begin = async () => {
    setProblem(null);
    setState('opening');
    let stream: MediaStream | null = null;
    try {
      stream = await openMicrophone();
      await keepDraft();
      const ready = await openVoice(stream, { draftId, now: Date.now(), onCut: () => void end() });
      const played = await preview.play(ready.context);
      if (!played) {
        await ready.cancel();
        return setState('idle');
      }
      voice.current = ready.begin(played);
      setState('speaking');
    } catch (error) {
      // No light of a microphone burns for nothing.
      for (const track of stream?.getTracks() ?? []) track.stop();
      preview.pause();
      setState('idle');
      const { name } = error as Error;
      setProblem(known.includes(name) ? name : 'not_kept');
    }
  };
  const end = async () => {
    const mine = voice.current;
    if (!mine) return;
    voice.current = null;
    setState('keeping');
    preview.pause();
    const made = await mine.stop();
    const id = made && (await addVoice(made.takeId, made));
    setState('idle');
    if (made?.failed) setProblem('not_kept');
    else if (!id) setProblem('too_short');
    if (id) onDone(id);
  };
  // The video ended, or somebody paused it.
  useEffect(() => {
    if (state === 'speaking' && !preview.playing) void end();
  });
  // Leaving the tool ends it; what was said is kept, at the latest when the draft is opened again.
  useEffect(
    () => () => {
      void voice.current?.stop().then((made) => made && addVoice(made.takeId, made));
    },
    [],
  );
  return {
    state,
    problem,
    press: () => (state === 'speaking' ? void end() : state === 'idle' ? void begin() : undefined),
  };
}
