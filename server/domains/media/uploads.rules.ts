import type { Upload } from '../../../contract/uploads.ts';
import { checksOf } from './checks.rules.ts';
import type { UploadRow } from './media.tables.ts';

/** Pure: what a client says of its file made safe to keep, and an upload as its owner sees it. */

/** Control characters, and the marks that turn writing round: a name must read as what it is. */
const unsafe = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The last part of a path, without anything that could mislead; null when nothing is left. */
export function safeFileName(name: string | null | undefined): string | null {
  const last = (name ?? '').split(/[/\\]/).at(-1)!.normalize('NFC').replace(unsafe, '').trim();
  const short = [...last].slice(0, 120).join('');
  return short === '' || short === '.' || short === '..' ? null : short;
}

/** `video/mp4` and the like; anything else is not kept. The engine looks at the bytes, never at this. */
export function safeFileType(type: string | null | undefined): string | null {
  const plain = (type ?? '').toLowerCase().split(';')[0]!.trim();
  return /^[a-z]{1,20}\/[a-z0-9][a-z0-9.+-]{0,60}$/.test(plain) ? plain : null;
}

export type UploadPictures = {
  address: string | null;
  poster: string | null;
  storyboard: string | null;
  storyboardCount: number;
  coverAtMs: number | null;
};

export function presentUpload(row: UploadRow, pictures: UploadPictures | null): Upload {
  const at = (name: string | null | undefined) =>
    name && pictures?.address ? `/media/${pictures.address}/${name}` : null;
  const storyboardUrl = at(pictures?.storyboard);
  return {
    id: row.id,
    state: row.state,
    fileName: row.file_name,
    bytesReceived: row.bytes_received,
    bytesTotal: row.bytes_total,
    progress: progressOf(row),
    facts: row.facts,
    checks: checksOf(row),
    refusal: row.refusal_code ? { code: row.refusal_code, details: row.refusal_details ?? {} } : null,
    storyboard: storyboardUrl ? { url: storyboardUrl, count: pictures!.storyboardCount } : null,
    posterUrl: at(pictures?.poster),
    coverAtMs: pictures?.coverAtMs ?? null,
    videoId: row.video_id,
    createdAt: row.created_at.toISOString(),
  };
}

function progressOf(row: UploadRow): number {
  if (row.state === 'receiving')
    return row.bytes_total ? Math.min(1, row.bytes_received / row.bytes_total) : 0;
  if (row.state === 'ready' || row.state === 'refused') return 1;
  return row.state === 'received' ? 0 : row.progress;
}
