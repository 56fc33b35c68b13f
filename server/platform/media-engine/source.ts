/** Opens a file that a stranger sent. What may be read is closed here: only the file itself (no other protocol,
 * no reference to another file), only containers and codecs on the lists, only a regular file. Playlists, still
 * pictures and scripts that FFmpeg would follow are not on the list and never open. */

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AVDISCARD_ALL,
  AVERROR_ENOMEM,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { avGetCodecName, Codec, CodecContext, FormatContext, type Stream } from 'node-av/lib';
import type { EngineLimits } from './engine.types.ts';
import { mustAccept, Refused, setOptions } from './ffmpeg.ts';

const containers = ['mov', 'mp4', 'matroska', 'webm', 'avi', 'mpegts', 'flv', 'ogg'];

const videoDecoders =
  'h264 hevc vp8 vp9 libdav1d av1 mpeg4 msmpeg4v3 h263 mjpeg prores mpeg1video mpeg2video theora ffv1 flv'.split(
    ' ',
  );
const audioDecoders = (
  'aac aac_latm mp3 mp3float mp2 mp2float opus libopus vorbis flac alac ac3 eac3 amrnb amrwb ' +
  'pcm_s16le pcm_s16be pcm_s24le pcm_s24be pcm_s32le pcm_s32be pcm_f32le pcm_f32be pcm_u8 pcm_s8 pcm_alaw pcm_mulaw'
).split(' ');

/** Still pictures and collections of them wear the clothes of MP4; these brands say so (ISO/IEC 23000-22). */
const pictureBrands = new Set([
  'avif',
  'avis',
  'mif1',
  'msf1',
  'miaf',
  'heic',
  'heix',
  'hevc',
  'heim',
  'heis',
]);

export type OpenSource = {
  format: FormatContext;
  container: string;
  bytes: number;
  video: Stream;
  audio: Stream | null;
  streams: number;
  close: () => void;
};

export function openSource(path: string, limits: EngineLimits): OpenSource {
  const stat = statSync(path);
  if (!stat.isFile()) throw new Refused('not_a_video', { reason: 'not a regular file' });
  if (stat.size === 0) throw new Refused('empty_file');
  const kind = sniffContainer(path);
  if (!kind) throw new Refused('not_a_video');

  const format = new FormatContext();
  format.allocContext();
  setOptions(format, {
    protocol_whitelist: 'file',
    format_whitelist: containers.join(','),
    codec_whitelist: [...videoDecoders, ...audioDecoders].join(','),
    max_streams: '1000',
  });
  const opened = format.openInputSync(`file:${path}`, null, null);
  if (opened === AVERROR_ENOMEM) throw new Refused('too_many_streams', { limit: limits.maxStreams });
  if (opened < 0) throw new Refused('broken_file', { step: 'open', container: kind });
  const close = () => format.closeInputSync();
  try {
    const container = format.iformat?.name ?? '';
    if (!container.split(',').some((name) => containers.includes(name)))
      throw new Refused('not_a_video', { container });
    if (format.nbStreams > limits.maxStreams) {
      throw new Refused('too_many_streams', { streams: format.nbStreams, limit: limits.maxStreams });
    }
    mustAccept(format.findStreamInfoSync(null), 'read');
    if (format.nbStreams > limits.maxStreams) {
      throw new Refused('too_many_streams', { streams: format.nbStreams, limit: limits.maxStreams });
    }
    const { video, audio } = chooseStreams(format);
    return { format, container, bytes: stat.size, video, audio, streams: format.nbStreams, close };
  } catch (error) {
    close();
    throw error;
  }
}

function chooseStreams(format: FormatContext): { video: Stream; audio: Stream | null } {
  const streams = format.streams;
  const pictures = streams.filter(
    (stream) =>
      stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO && !stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC),
  );
  if (pictures.length === 0) throw new Refused('no_picture');
  const best = streams[format.findBestStream(AVMEDIA_TYPE_VIDEO)];
  const video = pictures.find((stream) => stream.index === best?.index) ?? (pictures[0] as Stream);
  if (!decoderOf(video)) throw new Refused('codec_not_supported', { codec: codecName(video) });
  const sound = streams[format.findBestStream(AVMEDIA_TYPE_AUDIO, -1, video.index)];
  const audio = sound && sound.codecpar.codecType === AVMEDIA_TYPE_AUDIO ? sound : null;
  if (audio && !decoderOf(audio)) throw new Refused('codec_not_supported', { codec: codecName(audio) });
  for (const stream of streams) {
    if (stream.index !== video.index && stream.index !== audio?.index) stream.discard = AVDISCARD_ALL;
  }
  return { video, audio };
}

export const codecName = (stream: Stream): string => avGetCodecName(stream.codecpar.codecId) ?? 'unknown';

function decoderOf(stream: Stream): Codec | null {
  const decoder = Codec.findDecoder(stream.codecpar.codecId);
  const allowed = stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO ? videoDecoders : audioDecoders;
  return decoder && allowed.includes(decoder.name ?? '') ? decoder : null;
}

/** A decoder for one stream. `max_pixels` stops a picture that grows in the middle of the file. */
export function openDecoder(stream: Stream, threads: number, limits: EngineLimits): CodecContext {
  const codec = decoderOf(stream);
  if (!codec) throw new Refused('codec_not_supported', { codec: codecName(stream) });
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  mustAccept(decoder.parametersToContext(stream.codecpar), 'decoder');
  decoder.pktTimebase = stream.timeBase;
  decoder.threadCount = threads;
  setOptions(decoder, { max_pixels: String(limits.maxPixels) });
  const opened = decoder.open2Sync(codec, null);
  if (opened < 0) throw new Refused('codec_not_supported', { codec: codecName(stream) });
  return decoder;
}

/** The container by its first bytes, before FFmpeg sees the file: a name or an ending proves nothing. */
function sniffContainer(path: string): string | null {
  const head = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  const length = readSync(file, head, 0, head.length, 0);
  closeSync(file);
  const ascii = head.toString('latin1', 0, length);
  const box = ascii.slice(4, 8);
  if (box === 'ftyp') {
    const size = Math.min(head.readUInt32BE(0), length);
    const major = ascii.slice(8, 12);
    const brands = [major, ...(ascii.slice(16, size).match(/.{4}/gs) ?? [])];
    return pictureBrands.has(major) || brands.every((brand) => pictureBrands.has(brand)) ? null : 'mov';
  }
  if (['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].includes(box)) return 'mov';
  if (head.readUInt32BE(0) === 0x1a45dfa3) return 'matroska';
  if (ascii.startsWith('RIFF') && ascii.slice(8, 11) === 'AVI') return 'avi';
  if (ascii.startsWith('OggS')) return 'ogg';
  if (ascii.startsWith('FLV\x01')) return 'flv';
  const packet = [188, 192].find((size) => {
    const first = size - 188;
    return (
      [0, 1, 2].every((n) => first + n * size >= length || head[first + n * size] === 0x47) && length > 188
    );
  });
  return packet ? 'mpegts' : null;
}
