import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCueFile } from '../../../contract/cue-files.ts';
import type { Cue } from '../../../contract/videos.ts';
import type { MediaEngine } from '../media-engine/media-engine.ts';
import { hasVulkanLoader } from '../media-engine/vulkan-loader.ts';

/**
 * The speech port: what is said in a file, as cues. Knows no upload and no creator. Behind it stands FFmpeg's whisper
 * filter in the media engine's child process, with the model file that the operator names; without one it is off, and
 * says why.
 */
export type SpeechState = 'on' | 'no_model' | 'model_unreadable' | 'no_vulkan_loader';
export type Speech = {
  state(): SpeechState;
  /** `folder` is for what is thrown away. Rejects when it was aborted or the engine could not do it. */
  transcribe(path: string, folder: string, call: SpeechCall): Promise<Cue[]>;
};
export type SpeechCall = { signal: AbortSignal; onProgress(fraction: number): void };

const gigabyte = 1024 ** 3;
/** Hearing takes a fraction of the time of the sound on a fast machine, and several times it on a slow one. */
const wallMs = { encodeWallBaseMs: 120_000, encodeWallPerSecondMs: 30_000, encodeWallCapMs: 60 * 60_000 };

export function openSpeech(
  model: string | null,
  engine: Pick<MediaEngine, 'transcribe'>,
  hasLoader: () => boolean = hasVulkanLoader,
): Speech {
  const file = model === null ? undefined : statSync(model, { throwIfNoEntry: false });
  const state = stateOf(model, file?.isFile() ?? false, hasLoader);
  return {
    state: () => state,
    async transcribe(path, folder, { signal, onProgress }) {
      if (state !== 'on') throw new Error(`speech is off: ${state}`);
      const done = await engine.transcribe(path, model!, join(folder, 'heard.srt'), {
        signal,
        onProgress,
        // The model lies in memory whole, and what it works with beside it.
        limits: { ...wallMs, maxMemoryBytes: Math.ceil(file!.size * 1.3) + 2 * gigabyte },
      });
      if (!done.ok) throw new Error(`speech: ${done.refusal.code} ${JSON.stringify(done.refusal.details)}`);
      const read = readCueFile(await readFile(done.path).catch(() => Buffer.alloc(0)));
      // Nothing said is nothing heard. Sounds are told in brackets, which nobody asked for.
      return read.ok ? read.file.cues.filter((cue) => !/^[[(][^\])]*[\])]$/.test(cue.text)) : [];
    },
  };
}

function stateOf(model: string | null, isThere: boolean, hasLoader: () => boolean): SpeechState {
  if (model === null) return 'no_model';
  if (!isThere) return 'model_unreadable';
  return hasLoader() ? 'on' : 'no_vulkan_loader';
}
