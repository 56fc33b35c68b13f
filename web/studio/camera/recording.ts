import { beginTake } from '../takes/takes.ts';

/** One segment being recorded: what the camera gives goes to the disk four times a second. */
export type Recording = {
  takeId: string;
  /** Resolves when the last piece is safe. `failed` names what stopped it, e.g. QuotaExceededError; what was safe stays. */
  stop(): Promise<{ takeId: string; failed: string | null }>;
};

/** How often a piece is written: what a dead battery costs at most, and little work. */
const pieceMs = 250;
const bitsPerSecond = 6_000_000;
/** WebM is a row of clusters, readable up to wherever it was cut; Safari knows only MP4. */
const formats = [
  'video/webm;codecs=vp8,opus',
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/mp4',
  'video/webm',
];

export async function record(
  stream: MediaStream,
  order: {
    draftId: string;
    speed: number;
    /** Its own sound is not to be heard. */
    quiet: boolean;
    now: number;
    /** All is ready; what follows this at once is the first that is recorded. */
    brink: () => Promise<unknown>;
    onCut: (why: string) => void;
  },
): Promise<Recording> {
  const mimeType = formats.find((format) => MediaRecorder.isTypeSupported(format));
  const take = await beginTake(
    order.draftId,
    { kind: 'take', speed: order.speed, quiet: order.quiet },
    order.now,
  );
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: bitsPerSecond });
  let failed: string | null = null;
  let writing: Promise<void> = Promise.resolve();
  const cut = (why: string) => {
    if (failed) return;
    failed = why;
    if (recorder.state !== 'inactive') recorder.stop();
    order.onCut(why);
  };
  recorder.ondataavailable = ({ data }) => {
    if (data.size === 0 || failed) return;
    writing = writing
      .then(async () => take.writer.write(await data.arrayBuffer()))
      .catch((error: Error) => cut(error.name));
  };
  recorder.onerror = () => cut('recorder_failed');
  const ended = new Promise<void>((done) => recorder.addEventListener('stop', () => done(), { once: true }));
  await order.brink();
  recorder.start(pieceMs);
  return {
    takeId: take.id,
    async stop() {
      if (recorder.state !== 'inactive') recorder.stop();
      await ended;
      await writing;
      await take.writer.close().catch(() => {});
      return { takeId: take.id, failed };
    },
  };
}
