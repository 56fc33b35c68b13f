/** What the numbers in a picture mean: range, matrix, primaries and transfer, by the code points of ITU-T H.273.
 * Untagged pictures get the guess that every player makes: BT.601 below 720 lines, BT.709 from there. */

import type { CodecParameters, Frame } from 'node-av/lib';
import type { MediaFacts } from './engine.types.ts';

const primaries: Record<number, string> = {
  1: 'bt709',
  4: 'bt470m',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  9: 'bt2020',
  11: 'smpte431',
  12: 'smpte432',
};
const transfers: Record<number, string> = {
  1: 'bt709',
  4: 'gamma22',
  5: 'gamma28',
  6: 'smpte170m',
  7: 'smpte240m',
  8: 'linear',
  13: 'iec61966-2-1',
  14: 'bt2020-10',
  15: 'bt2020-12',
  16: 'smpte2084',
  18: 'arib-std-b67',
};
const matrices: Record<number, string> = {
  0: 'gbr',
  1: 'bt709',
  4: 'fcc',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  9: 'bt2020nc',
  10: 'bt2020c',
};

const unspecified = 2;

export function colourFacts(frame: Frame, codecpar: CodecParameters): MediaFacts['colour'] {
  const chosen = (ofFrame: number, ofStream: number) => (ofFrame !== unspecified ? ofFrame : ofStream);
  const transfer = transfers[chosen(frame.colorTrc, codecpar.colorTrc)] ?? 'unknown';
  const range = frame.colorRange || codecpar.colorRange;
  return {
    range: range === 2 ? 'full' : range === 1 ? 'limited' : 'unknown',
    primaries: primaries[chosen(frame.colorPrimaries, codecpar.colorPrimaries)] ?? 'unknown',
    transfer,
    matrix: matrices[chosen(frame.colorSpace, codecpar.colorSpace)] ?? 'unknown',
    hdr: transfer === 'smpte2084' ? 'pq' : transfer === 'arib-std-b67' ? 'hlg' : null,
  };
}

/** Code points to put on a decoded frame before it is filtered, with the gaps filled. */
export function assumedColour(facts: MediaFacts): {
  range: number;
  matrix: number;
  primaries: number;
  transfer: number;
} {
  const code = (names: Record<number, string>, name: string) => {
    const found = Object.entries(names).find(([, value]) => value === name);
    return found ? Number(found[0]) : null;
  };
  const { colour } = facts;
  const isRgb = /^(gbr|rgb|bgr|0rgb|argb)/.test(facts.pixelFormat);
  const untagged = colour.hdr ? 9 : facts.codedHeight >= 720 || facts.codedWidth >= 1280 ? 1 : 6;
  const full = colour.range === 'full' || facts.pixelFormat.startsWith('yuvj') || isRgb;
  return {
    range: full ? 2 : 1,
    matrix: isRgb ? 0 : (code(matrices, colour.matrix) ?? untagged),
    primaries: code(primaries, colour.primaries) ?? (colour.hdr ? 9 : 1),
    transfer: code(transfers, colour.transfer) ?? 1,
  };
}
