import { ALL_FORMATS, AudioSampleSink, BlobSource, Input } from 'mediabunny';
import { editLimits } from '../../../contract/edit-list.ts';
import { beatsOf } from '../../../packages/sound-analysis/beats.ts';
import { peaksOf } from '../../../packages/sound-analysis/peaks.ts';
import { type Heard, type ListenNews, peaksPerSecond } from './listen.ts';

/** Decodes a whole sound to one channel and looks into it, beside the page, which stays quick meanwhile. */

/** Enough for beats and a waveform. */
const enoughRate = 24_000;
/** Twice the longest video; of what is longer the rest is not looked into. */
const mostS = (2 * editLimits.durationMs) / 1000;

async function heardOf(file: Blob): Promise<Heard> {
  const { samples, rate } = await monoOf(file);
  const beatsMs = beatsOf(samples, rate)?.beatsMs ?? [];
  const ascending = beatsMs.filter((ms, index) => ms >= 0 && (index === 0 || ms > beatsMs[index - 1]!));
  return { peaks: peaksOf(samples, rate, peaksPerSecond), beatsMs: ascending.slice(0, editLimits.beats) };
}

/** Times as a reel has them: from the first sample on. */
async function monoOf(file: Blob): Promise<{ samples: Float32Array; rate: number }> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track || !(await track.canDecode())) throw new Error('unreadable');
    const every = Math.max(1, Math.floor(track.sampleRate / enoughRate));
    const rate = track.sampleRate / every;
    const first = await track.getFirstTimestamp();
    const seconds = Math.min(mostS, (await track.computeDuration()) - first);
    const samples = new Float32Array(Math.max(0, Math.ceil(seconds * rate)));
    for await (const sample of new AudioSampleSink(track).samples(first, first + seconds)) {
      const from = Math.round((sample.timestamp - first) * rate);
      const share = 1 / (every * sample.numberOfChannels);
      for (let planeIndex = 0; planeIndex < sample.numberOfChannels; planeIndex++) {
        const plane = new Float32Array(sample.numberOfFrames);
        sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
        for (let at = 0; at < plane.length; at++) {
          const to = from + Math.floor(at / every);
          if (to >= 0 && to < samples.length) samples[to] = samples[to]! + plane[at]! * share;
        }
      }
      sample.close();
    }
    return { samples, rate };
  } finally {
    input.dispose();
  }
}

const tell = (news: ListenNews) => postMessage(news);
addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  heardOf(data).then(
    (heard) => tell({ heard }),
    (error: Error) => tell({ failed: error.message }),
  );
});
