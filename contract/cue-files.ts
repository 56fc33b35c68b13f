import { decodeText, type LegacyEncoding } from './cue-files.encodings.ts';
import type { Cue } from './videos.ts';

/**
 * Caption files as people have them: SRT and WebVTT, in any coding, from any program. What can be read is read; each
 * place that cannot is named by its line. Pure; never throws. A text comes out without tags, as letters to be shown and
 * never as markup; its direction marks stay.
 */
export const cueFileLimits = {
  /** A hundred hours of speech have less. */
  bytes: 4 * 1024 * 1024,
  cues: 2000,
  textLength: 500,
} as const;

export type CueFileFault = {
  /** From 1. */
  line: number;
  code: 'time_unreadable' | 'ends_too_early' | 'text_too_long';
};
export type CueFile = {
  format: 'srt' | 'vtt';
  /** In order of their begin. They may overlap, as in talks of two. */
  cues: Cue[];
  /** What was left out, and why. */
  faults: CueFileFault[];
  /** As the file says; a BCP 47 tag. */
  language: string | null;
  /** The coding, where it had to be guessed. */
  guessed: LegacyEncoding | null;
};
export type CueFileRefusal = 'too_large' | 'not_text' | 'no_cues' | 'too_many';

/** `as`: the coding, when somebody knows it. */
export function readCueFile(
  bytes: Uint8Array,
  as: LegacyEncoding | null = null,
): { ok: true; file: CueFile } | { ok: false; code: CueFileRefusal; faults: CueFileFault[] } {
  if (bytes.length > cueFileLimits.bytes) return { ok: false, code: 'too_large', faults: [] };
  const decoded = decodeText(bytes, as);
  if (!decoded) return { ok: false, code: 'not_text', faults: [] };
  const { guessed } = decoded;
  const lines = decoded.text.replace(/^\ufeff/, '').split(/\r\n|[\r\n]/);
  const format = /^WEBVTT(?:[ \t]|$)/.test(lines[0]!) ? 'vtt' : 'srt';
  const head = format === 'vtt' ? headOf(lines) : 0;
  const cues: Cue[] = [];
  const faults: CueFileFault[] = [];
  for (const { line, time, body } of blocks(lines, head, format)) {
    const text = textOf(body, format);
    if (!time) faults.push({ line, code: 'time_unreadable' });
    else if (text === '') continue;
    else if (time.endMs <= time.startMs) faults.push({ line, code: 'ends_too_early' });
    else if (text.length > cueFileLimits.textLength) faults.push({ line, code: 'text_too_long' });
    else cues.push({ ...time, text });
    if (cues.length > cueFileLimits.cues) return { ok: false, code: 'too_many', faults: [] };
  }
  if (cues.length === 0) return { ok: false, code: 'no_cues', faults };
  cues.sort((a, b) => a.startMs - b.startMs);
  const language = format === 'vtt' ? languageOf(lines.slice(0, head)) : null;
  return { ok: true, file: { format, cues, faults, language, guessed } };
}

const headOf = (lines: readonly string[]): number => {
  const end = lines.findIndex((line, at) => line.trim() === '' || (at > 0 && looksLikeTime(line)));
  return end < 0 ? lines.length : end;
};

function languageOf(head: readonly string[]): string | null {
  for (const line of head) {
    const found = /^Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})\s*$/.exec(line)?.[1];
    if (found) return found;
  }
  return null;
}

type Block = { line: number; time: { startMs: number; endMs: number } | null; body: string[] };

/** A line of times begins a cue, wherever it stands: files lose their numbers and their empty lines. */
function* blocks(lines: readonly string[], from: number, format: CueFile['format']): Generator<Block> {
  for (let at = from; at < lines.length; at++) {
    if (format === 'vtt' && /^(NOTE|STYLE|REGION)(?:[ \t]|$)/.test(lines[at]!)) {
      while (at < lines.length && lines[at]!.trim() !== '') at++;
      continue;
    }
    if (!looksLikeTime(lines[at]!)) continue;
    const line = at + 1;
    const time = timeOf(lines[at]!);
    const body: string[] = [];
    while (at + 1 < lines.length && !looksLikeTime(lines[at + 1]!)) {
      if (format === 'vtt' && lines[at + 1]!.trim() === '') break;
      body.push(lines[++at]!);
    }
    // The number of the next cue is none of this one's words.
    const isNumbered = format === 'srt' && at + 1 < lines.length && /^\s*\d+\s*$/.test(body.at(-1) ?? '');
    yield { line, time, body: isNumbered ? body.slice(0, -1) : body };
  }
}

const looksLikeTime = (line: string): boolean => line.length < 500 && /^\s*[\d:.,]+\s*-->/.test(line);

const clock = String.raw`(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?`;
const times = new RegExp(String.raw`^\s*${clock}\s*-->\s*${clock}(?:\s.*)?$`);

/** The settings behind the times (where on the picture) are for other players. */
function timeOf(line: string): { startMs: number; endMs: number } | null {
  const found = times.exec(line)?.slice(1);
  if (!found) return null;
  const [startMs, endMs] = [msOf(found.slice(0, 4)), msOf(found.slice(4))];
  return startMs === null || endMs === null ? null : { startMs, endMs };
}

function msOf([hours = '0', minutes = '0', seconds = '0', part = '0']: (string | undefined)[]):
  | number
  | null {
  if (Number(seconds) > 59 || Number(minutes) > 599) return null;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Number(part.slice(0, 3).padEnd(3, '0'));
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

function textOf(body: readonly string[], format: CueFile['format']): string {
  const text = body.join('\n');
  if (format === 'srt') return cleanCueText(text.replace(srtTags, '').replace(/\{\\[^{}\n]{0,80}\}/g, ''));
  // In WebVTT every unescaped < begins a tag, also one that never ends.
  const bare = text.replace(/<[^>]*(?:>|$)/g, '');
  return cleanCueText(
    bare.replace(/&(\w{2,4}|#\d{1,7}|#x[\da-f]{1,6});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return entities[name] ?? whole;
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    }),
  );
}
/** SRT has no way to write < otherwise, so that only what programs write as tags is one. */
const srtTags = /<\/?(?:[biusvc]|font|ruby|rt|lang|span)(?:[.\s][^<>]{0,200})?>/gi;

/** The words of a cue as they are kept: no controls, no halves of letters, no empty lines, no ends of blanks. */
export function cleanCueText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\t/g, ' ')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/(?!\n)\p{Cc}|[\ufeff\ufffd]/gu, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

export function writeSrt(cues: readonly Cue[]): string {
  return cues
    .map((cue, at) => `${at + 1}\n${span(cue, ',')}\n${cleanCueText(cue.text).replaceAll('-->', '→')}\n`)
    .join('\n');
}

export function writeVtt(cues: readonly Cue[], language: string | null): string {
  const head = language ? `WEBVTT\nLanguage: ${language}\n` : 'WEBVTT\n';
  const escaped = (text: string) =>
    cleanCueText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return [head, ...cues.map((cue) => `${span(cue, '.')}\n${escaped(cue.text)}\n`)].join('\n');
}

const span = ({ startMs, endMs }: Cue, mark: ',' | '.') =>
  `${stamp(startMs, mark)} --> ${stamp(endMs, mark)}`;

function stamp(ms: number, mark: ',' | '.'): string {
  const pad = (value: number, digits: number) => String(Math.floor(value)).padStart(digits, '0');
  return `${pad(ms / 3_600_000, 2)}:${pad((ms / 60_000) % 60, 2)}:${pad((ms / 1000) % 60, 2)}${mark}${pad(ms % 1000, 3)}`;
}
