import { useEffect, useState } from 'react';
import type { HeardSpeech } from '../../../contract/speech.ts';
import { api, streams } from '../../api.ts';
import { problemCode } from '../../problem.ts';

/** Captions that the server suggests for an upload: what it has heard so far, and asking it to listen. */
export function useSuggestion(uploadId: string | null) {
  const [heard, setHeard] = useState<HeardSpeech | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!uploadId) return undefined;
    let left = false;
    // What was asked for before a reload goes on.
    api.suggestedCaptions(uploadId).then(
      (now) => left || setHeard(now),
      () => left || setHeard(null),
    );
    return () => {
      left = true;
    };
  }, [uploadId]);
  const going = heard?.state === 'waiting' || heard?.state === 'hearing';
  useEffect(() => {
    if (!uploadId || !going) return undefined;
    const stream = new EventSource(streams.suggestedCaptions(uploadId));
    stream.addEventListener('captions', (event) =>
      setHeard(JSON.parse((event as MessageEvent<string>).data) as HeardSpeech),
    );
    return () => stream.close();
  }, [uploadId, going]);
  return {
    heard,
    going,
    problem,
    async ask() {
      if (!uploadId) return;
      setProblem(null);
      try {
        setHeard(await api.askForCaptions(uploadId));
      } catch (error) {
        setProblem(problemCode(error));
      }
    },
  };
}
