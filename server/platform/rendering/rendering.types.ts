/** The words of rendering: what is ordered, what comes of it, and why not. */
import type { EditList } from '../../../contract/edit-list.ts';
import type { RenderingState } from '../../../contract/rendering.ts';
import type { ByteRange } from '../storage/storage.ts';

/** The bytes of one source of the list. */
export type Material = {
  id: string;
  bytes: number;
  /** Fails in its middle when the bytes go meanwhile. */
  open(range: ByteRange): ReadableStream<Uint8Array>;
};

export type RenderOrder = {
  list: EditList;
  /** Of each source that is not an empty place. */
  materials: readonly Material[];
  /** Drawings of packs that the list uses. */
  stickers: readonly { key: string; svg: string }[];
  /** The file is put into it, whole or not at all. */
  folder: string;
  maxBytes: number;
  signal?: AbortSignal;
  onProgress?(share: number): void;
};

/**
 * unavailable: see `state()` · bad_material: it cannot be read, `details.id` · no_encoder: this browser writes no video
 * of that size · too_large: more than `maxBytes` · timed_out, out_of_memory, crashed: the attempt was ended
 */
export type RenderFault = {
  code:
    | 'unavailable'
    | 'bad_material'
    | 'no_encoder'
    | 'too_large'
    | 'timed_out'
    | 'out_of_memory'
    | 'crashed';
  details: Record<string, string | number>;
};

export type Rendered =
  | { ok: true; path: string; bytes: number; wallMs: number; peakBytes: number }
  | { ok: false; fault: RenderFault };

export type RenderLimits = {
  /** To open the browser and the materials, before the first picture. */
  startMs: number;
  /** Nothing has moved for so long. */
  stillMs: number;
  /** For each second of the result, on top of `startMs`, never above `wallCapMs`. */
  wallPerSecondMs: number;
  wallCapMs: number;
  /** Of all processes of the browser together. */
  memoryBytes: number;
};

export type Rendering = {
  /** Whether this machine can, found out by starting the browser once; a "no" is looked at again after a while. */
  state(): Promise<RenderingState>;
  /** One at a time, in the order they were asked for. Rejects with the signal's reason when it was aborted. */
  render(order: RenderOrder): Promise<Rendered>;
  /** Ends what is under way. */
  close(): Promise<void>;
};
