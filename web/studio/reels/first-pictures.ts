import { ALL_FORMATS, BlobSource, Input, VideoSampleSink } from 'mediabunny';
import { glimpseOf } from '../camera/glimpses.ts';
import type { Glimpse } from '../camera/recognise.rules.ts';

/** Small copies of a recording's first pictures, each with its time from the first; none where it cannot be read. */
export async function firstPictures(file: Blob, forMs: number): Promise<Glimpse[]> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track || !(await track.canDecode())) return [];
    const first = await track.getFirstTimestamp();
    const found: Glimpse[] = [];
    for await (const sample of new VideoSampleSink(track).samples(first, first + forMs / 1000)) {
      const frame = sample.toVideoFrame();
      found.push({ atMs: (sample.timestamp - first) * 1000, luma: glimpseOf(frame) });
      frame.close();
      sample.close();
    }
    return found;
  } catch {
    return [];
  } finally {
    input.dispose();
  }
}
