import type { AccountDraft, NewMaterial } from '../../../../contract/drafts.ts';
import { draftPartBytes } from '../../../../contract/drafts.ts';
import { withUsedSources } from '../../../../contract/edit-list.sources.ts';
import type { EditList } from '../../../../contract/edit-list.ts';
import { isSame } from '../../../../contract/json.ts';
import type { KeptTake } from '../../../studio/takes/kept.ts';
import type { Copy } from './copies.ts';

/** Pure: where a draft is, and what is said of a take that travels. */

/**
 * device: here alone · sending: on its way to the account · both · newer: the account's was changed elsewhere, this
 * one was not · differs: both were changed.
 */
export type Where = 'device' | 'sending' | 'both' | 'newer' | 'differs';

/** `account`: what the account said of it; null when that is not known, or it has none. */
export function whereIs(list: EditList, copy: Copy | null, account: AccountDraft | null): Where {
  if (!copy || copy.coming) return 'device';
  const changed = isChanged(list, copy);
  if (account && account.revision > copy.revision && copy.revision > 0) return changed ? 'differs' : 'newer';
  return changed || !copy.whole ? 'sending' : 'both';
}

/** Something of it has not been sent. */
export const isChanged = (list: EditList, copy: Copy): boolean =>
  copy.list === null || !isSame(withUsedSources(list), copy.list);

export const partCount = (bytes: number): number => Math.ceil(bytes / draftPartBytes);

/** Of a file, by how it begins; nobody decides anything by it but how it is stored. */
export function mimeOf(head: Uint8Array): string {
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (text.slice(4, 8) === 'ftyp') return 'video/mp4';
  if (text.startsWith('\x1aE\xdf\xa3')) return 'video/webm';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  if (text.startsWith('RIFF')) return 'audio/wav';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG')) return 'image/png';
  if (text.startsWith('OggS')) return 'audio/ogg';
  return 'application/octet-stream';
}

/** Control characters, halves of characters, and marks that turn writing round, which the account does not take. */
const unsafe = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const lineOf = (text: string, most: number): string | null =>
  [...text.replace(unsafe, '').trim()]
    .slice(0, most / 2)
    .join('')
    .trim() || null;

type Facts = Omit<NewMaterial, 'bytes' | 'mime' | 'parts'>;
const longestMs = 14_400_000;
const span = (ms: number | undefined) => (ms === undefined ? null : Math.min(longestMs, Math.max(0, ms)));

export const factsOf = (take: KeptTake): Facts => ({
  kind: take.kind,
  speed: Math.min(3, Math.max(0.3, take.speed)),
  madeAt: new Date(take.madeAt).toISOString(),
  name: take.name ? lineOf(take.name, 200) : null,
  leadMs: span(take.leadMs),
  atMs: span(take.atMs),
  quiet: take.quiet ?? false,
});

/** As if it had been recorded here. It has entered its list, so that half of it is no take that was cut off. */
export const takeOf = (draftId: string, id: string, facts: Facts): KeptTake => ({
  id,
  draftId,
  kind: facts.kind,
  speed: facts.speed,
  madeAt: Date.parse(facts.madeAt),
  entered: true,
  ...(facts.name !== null && { name: facts.name }),
  ...(facts.leadMs !== null && { leadMs: facts.leadMs }),
  ...(facts.atMs !== null && { atMs: facts.atMs }),
  ...(facts.quiet && { quiet: true }),
});

const browsers: readonly [RegExp, string][] = [
  [/Firefox\//, 'Firefox'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];
const named = (from: typeof browsers, agent: string) => from.find(([sign]) => sign.test(agent))?.[1];

/** "Firefox · Android": for its maker, to tell their devices apart. */
export const deviceOf = (agent: string): string | null =>
  [named(browsers, agent), named(systems, agent)].filter(Boolean).join(' · ') || null;
