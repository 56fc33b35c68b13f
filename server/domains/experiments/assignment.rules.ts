import { hash } from 'node:crypto';
import type { Variant } from '../../../contract/experiments.ts';

/**
 * Which variant a viewer is in. The same viewer and experiment always give the same answer, on every process and
 * without a row; two experiments deal their viewers independently, since the key is part of what is hashed.
 */
export function variantOf(key: string, variants: readonly Variant[], viewerId: string): Variant | null {
  const place = placeOf(key, viewerId);
  let end = 0;
  for (const variant of variants) {
    end += variant.share;
    if (place < end) return variant;
  }
  // Shares that add up to all leave nobody out, whatever the last digit of their sum is.
  return end > 1 - 1e-9 ? variants.at(-1)! : null;
}

/** Even in [0, 1): the first 48 bits of SHA-256. */
function placeOf(key: string, viewerId: string): number {
  return Number.parseInt(hash('sha256', `${key}\0${viewerId}`, 'hex').slice(0, 12), 16) / 2 ** 48;
}

/** The variants of a viewer as a page remembers them, and the tunables they turn. Null when the viewer is in none. */
export type Assignment = { variants: string[]; overrides: Record<string, number> };

export function assignmentOf(
  running: readonly { key: string; variants: readonly Variant[] }[],
  viewerId: string,
): Assignment | null {
  let assignment: Assignment | null = null;
  for (const { key, variants } of running) {
    const variant = variantOf(key, variants, viewerId);
    if (!variant) continue;
    assignment ??= { variants: [], overrides: {} };
    assignment.variants.push(`${key}:${variant.name}`);
    Object.assign(assignment.overrides, variant.overrides);
  }
  return assignment;
}
