import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  Conversion,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

/**
 * The sound of a file of one's own: of a video without its picture, copied as it is coded, so that nothing is lost and
 * no minute is spent. A file that is a sound already is given back. Rejects with `unreadable`.
 */
export async function soundOf(file: Blob): Promise<Blob> {
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (!track || !(await track.canDecode())) throw new Error('no sound');
    if (!(await input.getPrimaryVideoTrack())) return file;
    const target = new BufferTarget();
    const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
    const conversion = await Conversion.init({
      input,
      output,
      video: { discard: true },
      showWarnings: false,
    });
    if (!conversion.isValid) throw new Error('not convertible');
    await conversion.execute();
    return new Blob([target.buffer!], { type: 'audio/mp4' });
  } catch (cause) {
    throw Object.assign(new Error('unreadable', { cause }), { name: 'unreadable' });
  } finally {
    input.dispose();
  }
}
