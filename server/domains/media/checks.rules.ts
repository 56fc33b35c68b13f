import type { UploadCheck } from '../../../contract/uploads.ts';
import type { UploadRow } from './media.tables.ts';

/** What to tell a creator about a file before it is published. Pure: facts in, checks out, the gravest first. */

/** Shares from which something is all, or enough to be noticed. */
const [nearlyAll, noticeable] = [0.95, 0.4];
/** The renditions are made louder by at most 24 dB: below this they stay quieter than all others. */
const quietLufs = -38;
/** Lines of the short side below which a phone of today shows a soft picture. */
const fewLines = 480;
/** A title card is not yet a bar; a picture framed for another shape loses more than this. */
const barsFrom = 0.2;
/** A picture of a few seconds stands still easily. */
const stillFromMs = 3000;

export function checksOf(row: Pick<UploadRow, 'facts' | 'findings' | 'refusal_code'>): UploadCheck[] {
  if (row.refusal_code) return [{ code: 'refused', level: 'blocking' }];
  const { facts, findings } = row;
  if (!facts) return [];
  const found = (code: UploadCheck['code'], is: boolean): UploadCheck[] =>
    is ? [{ code, level: 'advice' }] : [];
  const { width, height, hasSound, durationMs } = facts;
  const black = findings?.blackShare ?? 0;
  const bars = (findings?.barShare ?? 0) >= barsFrom;
  const silent = hasSound ? (findings?.silentShare ?? 0) : 0;
  const isStill = (findings?.stillShare ?? 0) >= nearlyAll && durationMs >= stillFromMs;
  return [
    ...found('black', black >= nearlyAll),
    ...found('partly_black', black >= noticeable && black < nearlyAll),
    ...found('still', isStill && black < nearlyAll),
    ...found('no_sound', !hasSound),
    ...found('silent', silent >= nearlyAll),
    ...found('partly_silent', silent >= noticeable && silent < nearlyAll),
    ...found('quiet', silent < nearlyAll && (findings?.integratedLufs ?? 0) < quietLufs),
    ...found('bars', bars),
    ...found('wide', width > height && !bars),
    ...found('low_resolution', Math.min(width, height) < fewLines),
  ];
}
