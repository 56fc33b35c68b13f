import type { RefusalCode } from '../../../contract/errors.ts';

/**
 * Which refusals an upload can meet, and what can be done about each. Every code has its own words
 * (`upload.refusal.<code>.what` and `.do`); a code from a newer server falls back to `internal`.
 */
export const uploadRefusals = [
  'not_a_video',
  'no_picture',
  'broken_file',
  'empty_file',
  'too_long',
  'too_short',
  'too_large',
  'too_large_picture',
  'too_many_streams',
  'codec_not_supported',
  'frame_rate_too_high',
  'engine_timeout',
  'engine_out_of_memory',
  'disk_full',
  'upload_not_finished',
  'upload_already_used',
  'caption_too_long',
  'sound_not_usable',
  'making_not_allowed',
  'origin_gone',
  'video_not_ready',
  'audience_too_wide',
  'cell_taken',
  'template_invalid',
  'schedule_out_of_range',
  'not_signed_in',
  'not_allowed',
  'not_found',
  'gone',
  'conflict',
  'cross_site',
  'unknown_host',
  'method_not_allowed',
  'invalid_input',
  'too_many_requests',
  'not_ready',
  'internal',
] as const satisfies readonly RefusalCode[];

export type UploadRefusal = (typeof uploadRefusals)[number] | 'offline';

export function asUploadRefusal(code: string): UploadRefusal {
  if (code === 'offline') return 'offline';
  return uploadRefusals.find((known) => known === code) ?? 'internal';
}

/** The file itself was refused: another file helps, trying again does not. */
const aboutTheFile = new Set<string>([
  'not_a_video',
  'no_picture',
  'broken_file',
  'empty_file',
  'too_long',
  'too_short',
  'too_large',
  'too_large_picture',
  'too_many_streams',
  'codec_not_supported',
  'frame_rate_too_high',
  'engine_timeout',
  'engine_out_of_memory',
]);

export function fileIsTheReason(code: string): boolean {
  return aboutTheFile.has(code);
}

/** What can be known before a byte is sent, so that nobody waits for a "no". */
export function refusedBeforehand(
  file: { size: number; type: string; durationMs: number | null },
  limits: { uploadBytes: number; durationMs: number } | null,
): UploadRefusal | null {
  if (file.size === 0) return 'empty_file';
  if (/^(image|audio|text|font)\//.test(file.type)) return 'not_a_video';
  if (!limits) return null;
  if (file.size > limits.uploadBytes) return 'too_large';
  // Players round; the server measures. Half a second of doubt goes to the creator.
  if (file.durationMs !== null && file.durationMs > limits.durationMs + 500) return 'too_long';
  return null;
}
