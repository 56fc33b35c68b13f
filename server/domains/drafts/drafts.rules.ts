import { type AccountDraft, draftPartBytes, type NewMaterial } from '../../../contract/drafts.ts';
import { readEditList } from '../../../contract/edit-list.rules.ts';
import { bytesNeeded, withUsedSources } from '../../../contract/edit-list.sources.ts';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { Refusal } from '../../../contract/errors.ts';
import { DraftId, TakeId } from '../../../contract/ids.ts';
import { isSame } from '../../../contract/json.ts';
import type { ByteRange } from '../../platform/storage/storage.ts';

/** Pure: what a device says of a draft made fit to keep, and where the bytes of a range lie. */

/** Without what nothing of it shows: undo keeps that on its device. Throws draft_invalid. */
export function listFrom(input: unknown): { list: EditList; needs: TakeId[]; durationMs: number } {
  const read = readEditList(input);
  if (!read.ok) throw new Refusal('draft_invalid', { faults: read.faults });
  const list = withUsedSources(read.list);
  const needs = bytesNeeded(list);
  const strange = needs.filter((id) => !TakeId.safeParse(id).success);
  if (strange.length > 0)
    throw new Refusal('draft_invalid', {
      faults: strange.slice(0, 20).map((id) => ({ path: `sources.${id}`, code: 'malformed' })),
    });
  return { list, needs: needs as TakeId[], durationMs: Math.round(durationOf(list)) };
}

/** A device's clock may be anything; a draft is not from the future, nor from before there was a studio. */
export function pastOf(said: string, nowMs: number): Date {
  return new Date(Math.min(nowMs, Math.max(Date.parse(said), Date.UTC(2020, 0, 1))));
}

export type Copy = Pick<AccountDraft, 'revision'> & { list: EditList };
/**
 * write: the list that was seen is the one that is here · same: it is here already, by this request before or by
 * another device · moved_on: there is another one, which its maker has not seen.
 */
export function whatToDo(
  here: Copy | null,
  from: number,
  list: EditList,
): 'write' | 'same' | 'moved_on' | 'missing' {
  if (!here) return from === 0 ? 'write' : 'missing';
  if (isSame(here.list, list)) return 'same';
  return here.revision === from ? 'write' : 'moved_on';
}

/** A material never changes: the same digests are the same bytes. */
export const isSameMaterial = (one: Pick<NewMaterial, 'bytes' | 'parts'>, other: typeof one): boolean =>
  one.bytes === other.bytes && isSame(one.parts, other.parts);

export const partLength = (bytes: number, part: number): number =>
  Math.min(draftPartBytes, bytes - part * draftPartBytes);

/** The parts that a range of the whole lies in, each with what of it is asked. */
export function* partsOf({ start, end }: ByteRange): Generator<{ part: number; range: ByteRange }> {
  for (let part = Math.floor(start / draftPartBytes); part * draftPartBytes <= end; part++) {
    const first = part * draftPartBytes;
    yield {
      part,
      range: { start: Math.max(0, start - first), end: Math.min(draftPartBytes - 1, end - first) },
    };
  }
}

export type Place = { changedMs: number; id: DraftId };
export const cursorOf = ({ changedMs, id }: Place): string => `${changedMs}.${id}`;
export function placeOf(cursor: string): Place {
  const dot = cursor.indexOf('.');
  const id = DraftId.parse(cursor.slice(dot + 1));
  // The end of the year 9999: what a database can still say.
  return { changedMs: Math.min(Number(cursor.slice(0, dot)), 253_402_300_799_999), id };
}
