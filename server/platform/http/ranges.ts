import type { ByteRange } from '../storage/storage.ts';

/**
 * Range requests (RFC 9110, section 14), pure. `whole`: no range asked, or one we need not obey (other units, several
 * ranges, a form that is wrong: the RFC lets us ignore those); `none`: nothing of the file is in it (416).
 */
export function rangeOf(header: string | null, total: number): ByteRange | 'whole' | 'none' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match) return 'whole';
  const [, first, last] = match as unknown as [string, string, string];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), total);
    return length === 0 ? 'none' : { start: total - length, end: total - 1 };
  }
  const start = Number(first);
  const end = last === '' ? total - 1 : Math.min(Number(last), total - 1);
  if (last !== '' && Number(last) < start) return 'whole';
  return start >= total ? 'none' : { start, end };
}

/** If-None-Match holds this tag (weak comparison, as the RFC wants for it). */
export function tagMatches(header: string | null, tag: string): boolean {
  if (!header) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
}
