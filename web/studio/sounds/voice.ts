import type { PlayedFrom } from '../reels/preview.ts';
import { kept } from '../takes/kept.ts';
import { beginTake } from '../takes/takes.ts';
import type { HeardSamples } from './voice.worklet.ts';
import ear from './voice.worklet.ts?worker&url';
import { waveHead, waveSamples } from './wave.ts';

/**
 * What somebody says while the preview plays: to the disk four times a second, as samples, so that it is known to the
 * sample what was heard when it was said. Refusals by name: `no_microphone_here`, `microphone_refused`,
 * `microphone_missing`, `microphone_busy`.
 */
export type Voice = {
  /** What was safe stays, whatever `failed` names. Null when nothing was heard. */
  stop(): Promise<{ takeId: string; atMs: number; leadMs: number; failed: string | null } | null>;
};

const nameOf: Record<string, string> = {
  NotAllowedError: 'microphone_refused',
  SecurityError: 'microphone_refused',
  NotFoundError: 'microphone_missing',
  OverconstrainedError: 'microphone_missing',
};

export async function openMicrophone(): Promise<MediaStream> {
  const refusal = (name: string) => Object.assign(new Error(name), { name });
  if (!navigator.mediaDevices?.getUserMedia || typeof AudioWorkletNode === 'undefined')
    throw refusal('no_microphone_here');
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true } });
  } catch (error) {
    throw refusal(nameOf[(error as Error).name] ?? 'microphone_busy');
  }
}

/** Ready to listen: all that takes time is done before the preview plays in this `context`. */
export async function openVoice(
  stream: MediaStream,
  order: { draftId: string; now: number; onCut: () => void },
): Promise<{ context: AudioContext; begin(played: PlayedFrom): Voice; cancel(): Promise<void> }> {
  const context = new AudioContext({ sampleRate: 48_000 });
  await context.audioWorklet.addModule(ear);
  const take = await beginTake(order.draftId, { kind: 'voice', speed: 1 }, order.now);
  const [track] = stream.getAudioTracks();
  let failed: string | null = null;
  let writing: Promise<unknown> = take.writer.write(waveHead(context.sampleRate));
  const cut = (error: Error) => {
    if (failed) return;
    failed = error.name;
    order.onCut();
  };
  const node = new AudioWorkletNode(context, 'ear', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const close = async () => {
    source.disconnect();
    for (const one of stream.getTracks()) one.stop();
    await writing.catch(() => {});
    await take.writer.close().catch(() => {});
  };
  const begin = (played: PlayedFrom): Voice => {
    let place: { atMs: number; leadMs: number } | null = null;
    const { promise: emptied, resolve: isEmptied } = Promise.withResolvers<void>();
    node.port.onmessage = ({ data }: MessageEvent<HeardSamples | null>) => {
      if (!data) return isEmptied();
      const isFirst = place === null;
      place ??= placeOf(data.atS, played, track!);
      const facts = place;
      writing = writing
        .then(async () => {
          if (isFirst) await kept.note(take.id, facts);
          await take.writer.write(waveSamples(data.samples));
        })
        .catch(cut);
    };
    track!.addEventListener('ended', () => order.onCut());
    source.connect(node);
    return {
      async stop() {
        // A context that was closed with the preview gives no last piece.
        if (context.state === 'running') {
          node.port.postMessage(null);
          await Promise.race([emptied, new Promise((late) => setTimeout(late, 500))]);
        }
        await close();
        return place && { takeId: take.id, ...place, failed };
      },
    };
  };
  return {
    context,
    begin,
    async cancel() {
      await close();
      if (context.state !== 'closed') await context.close();
    },
  };
}

/**
 * Where in the result the first sample belongs. What a microphone gives was said a little earlier, and answered what
 * had left the loudspeaker, which is a little behind what was played.
 */
function placeOf(firstS: number, { context, sinceS, fromMs }: PlayedFrom, track: MediaStreamTrack) {
  const { latency = 0 } = track.getSettings() as MediaTrackSettings & { latency?: number };
  const behindS = latency + (context.outputLatency || context.baseLatency || 0);
  const saidMs = fromMs + (firstS - behindS - sinceS) * 1000;
  return { atMs: Math.round(Math.max(fromMs, saidMs)), leadMs: Math.round(Math.max(0, fromMs - saidMs)) };
}
