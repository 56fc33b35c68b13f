/** The words of the media engine: limits, facts, refusals and results. Plain data, so that all of it crosses
 * the process boundary as JSON. Times are milliseconds, sizes bytes or pixels, fractions 0..1. */

export type EngineLimits = {
  /** Longest accepted duration; `durationToleranceMs` on top, since a camera stops at 60.02 s when asked for 60. */
  maxDurationMs: number;
  durationToleranceMs: number;
  minDurationMs: number;
  maxPixels: number;
  maxSidePx: number;
  maxStreams: number;
  /** Above this a file is refused; up to it the rate is reduced to what a rendition carries. */
  maxFrameRate: number;
  /** Wall time of one probe, whatever the file says. */
  probeWallMs: number;
  /** Wall time of an encode: base + per second of source, never above the cap. */
  encodeWallBaseMs: number;
  encodeWallPerSecondMs: number;
  encodeWallCapMs: number;
  /** Resident memory of one child, polled; over it the child is killed. */
  maxMemoryBytes: number;
  maxOpenFiles: number;
};

export type RefusalCode =
  | 'empty_file'
  | 'not_a_video'
  | 'no_picture'
  | 'broken_file'
  | 'too_long'
  | 'too_short'
  | 'too_large_picture'
  | 'too_many_streams'
  | 'codec_not_supported'
  | 'frame_rate_too_high'
  | 'engine_timeout'
  | 'engine_out_of_memory'
  | 'engine_crashed';

/** The file (or the attempt, for the three `engine_…` codes) is refused. Details carry numbers to explain it:
 * `{durationMs, limitMs}`, `{width, height, limitPixels, limitSidePx}`, `{streams, limit}`, `{codec}`, `{frameRate, limit}`. */
export type MediaRefusal = { code: RefusalCode; details: Record<string, number | string> };

export type Outcome<T> = ({ ok: true } & T) | { ok: false; refusal: MediaRefusal };

export type MediaFacts = {
  container: string;
  /** From the time stamps of every frame read, not from the header: last frame's end minus first frame's start. */
  durationMs: number;
  declaredDurationMs: number | null;
  /** As displayed: after rotation and with square pixels. */
  width: number;
  height: number;
  codedWidth: number;
  codedHeight: number;
  /** Clockwise turn that a player applies: 0, 90, 180 or 270. */
  rotation: 0 | 90 | 180 | 270;
  pixelAspect: number;
  averageFrameRate: number;
  /** The container's base rate (`r_frame_rate`); differs from the average when the rate varies. */
  baseFrameRate: number;
  frames: number;
  videoCodec: string;
  pixelFormat: string;
  bitDepth: number;
  colour: {
    range: 'limited' | 'full' | 'unknown';
    primaries: string;
    transfer: string;
    matrix: string;
    hdr: 'pq' | 'hlg' | null;
  };
  hasSound: boolean;
  audioCodec: string | null;
  sampleRate: number | null;
  channels: number | null;
  audioDurationMs: number | null;
  /** Whole file, bits per second. */
  bitrate: number;
  bytes: number;
  streams: number;
};

export type RungName = '540' | '720' | '1080';
export type VideoCodec = 'h264' | 'av1';

/** One encoded file. `codecs` is the RFC 6381 string a browser asks `canPlayType` about. */
export type Rendition = {
  rung: RungName;
  codec: VideoCodec;
  path: string;
  bytes: number;
  width: number;
  height: number;
  frameRate: number;
  frames: number;
  durationMs: number;
  bitrate: number;
  hasSound: boolean;
  codecs: string;
};

export type LoudnessFacts = {
  /** EBU R128 of the source. `null` when the sound is digital silence. */
  integratedLufs: number | null;
  truePeakDbtp: number | null;
  loudnessRangeLu: number | null;
  /** Gain that was applied in the renditions. */
  gainDb: number;
};

export type StageAResult = {
  facts: MediaFacts;
  rendition: Rendition;
  poster: { webpPath: string; jpegPath: string; width: number; height: number; atMs: number };
  /** base64 of the thumbhash bytes (about 30 characters). */
  thumbhash: string;
  loudness: LoudnessFacts | null;
  /** Share of the duration that is black, in which nothing moves, or that is silent, 0..1; `silentShare` is null
   * without sound. `barShare`: how much of the height or width is black bars all the time. */
  blackShare: number;
  stillShare: number;
  barShare: number;
  silentShare: number | null;
};

export type RenditionsResult = { facts: MediaFacts; renditions: Rendition[] };
export type PosterResult = {
  webpPath: string;
  jpegPath: string;
  width: number;
  height: number;
  atMs: number;
  thumbhash: string;
};
export type ListenResult = {
  path: string;
  bytes: number;
  durationMs: number;
  /** base64 of ten bytes a second: the loudest of each tenth, 0 … 255. */
  peaks: string;
  /** Beats a minute; null where nothing beats. */
  tempo: number | null;
  beatsMs: number[];
  /** What the sound is recognised by; see packages/sound-analysis/landmarks.ts. */
  landmarks: { hashes: number[]; at: number[] };
};
export type FileResult = { path: string; bytes: number };
export type TranscriptResult = { path: string };
export type StoryboardResult = {
  path: string;
  columns: number;
  rows: number;
  tileWidth: number;
  tileHeight: number;
  atMs: number[];
};
export type HlsResult = {
  masterPath: string;
  renditions: Array<{
    rung: RungName;
    codec: VideoCodec;
    mediaPath: string;
    playlistPath: string;
    segments: number;
    bytes: number;
  }>;
};

export type CallOptions = { limits?: Partial<EngineLimits>; signal?: AbortSignal };
export type WorkOptions = CallOptions & { onProgress?: (fraction: number) => void };
