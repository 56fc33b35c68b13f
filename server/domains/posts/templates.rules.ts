import { readEditList } from '../../../contract/edit-list.rules.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { Refusal } from '../../../contract/errors.ts';

/** A list of a hundred clips with texts on each; it is handed to everybody who fills it. */
const mostBytes = 100_000;

/**
 * An edit list that others may fill, of what a studio sent: slots, sounds of the library, and what is laid over them.
 * Whatever is on its maker's device, what was said in it and whom it credits stays out. Throws template_invalid.
 */
export function templateOf(input: unknown): EditList {
  const read = readEditList(input);
  if (!read.ok) throw new Refusal('template_invalid', { faults: read.faults });
  const list: EditList = { ...read.list, credit: null, cues: [], coverAtMs: 0 };
  const used = new Set([
    ...list.clips.flatMap(({ source, backdrop }) =>
      backdrop?.kind === 'source' ? [source, backdrop.source] : [source],
    ),
    ...list.sounds.map(({ source }) => source),
    ...(list.layout?.others ?? []).map(({ source }) => source),
  ]);
  const sources = Object.fromEntries(Object.entries(list.sources).filter(([name]) => used.has(name)));
  const personal = Object.entries(sources).filter(
    ([, { kind, of }]) => !(kind === 'slot' ? of === null : kind === 'sound' && of !== null),
  );
  const faults = personal.map(([name]) => ({ path: `sources.${name}`, code: 'not_for_others' }));
  if (!Object.values(sources).some(({ kind }) => kind === 'slot'))
    faults.push({ path: 'sources', code: 'no_slot' });
  if (Buffer.byteLength(JSON.stringify({ ...list, sources })) > mostBytes)
    faults.push({ path: '', code: 'too_many' });
  if (faults.length > 0) throw new Refusal('template_invalid', { faults });
  return { ...list, sources };
}
