/**
 * Values that come from elsewhere, before any schema looks at them: a schema walks whatever it is given, so what it is
 * given is first copied here, within bounds. Knows nothing of what the values mean.
 */
export type Copied =
  | { ok: true; value: unknown }
  | { ok: false; path: string; code: 'malformed' | 'too_many' };

/** Room for the largest edit list, with the beats of thirty sounds or a hundred things that follow something. */
const most = { values: 60_000, members: 1000, depth: 6, letters: 1000, keyLetters: 64 };

/**
 * A plain copy of what JSON can say, or the first place that it cannot. Getters are refused unread, since they may
 * answer differently the second time; members that are undefined are left out and -0 becomes 0, as JSON has it. A text
 * with NUL or half a surrogate pair is refused, since a database does not keep it. A proxy may still throw.
 */
export function plainCopy(input: unknown): Copied {
  let left = most.values;
  let fault: { path: string; code: 'malformed' | 'too_many' } | null = null;
  const refuse = (path: string, code: 'malformed' | 'too_many') => {
    fault ??= { path, code };
  };

  const copyOf = (value: unknown, path: string, depth: number): unknown => {
    if (left-- === 0) return refuse(path, 'too_many');
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : refuse(path, 'malformed');
    if (typeof value === 'string') return isText(value) ? value : refuse(path, 'malformed');
    if (typeof value !== 'object' || depth === most.depth) return refuse(path, 'malformed');
    if (Array.isArray(value)) {
      if (value.length > most.members) return refuse(path, 'too_many');
      const copy: unknown[] = [];
      for (let index = 0; index < value.length && !fault; index++)
        copy.push(copyOf(ownValue(value, index), pathOf(path, index), depth + 1));
      return copy;
    }
    if (!isPlain(value)) return refuse(path, 'malformed');
    const keys = Object.keys(value);
    if (keys.length > most.members) return refuse(path, 'too_many');
    const copy: Record<string, unknown> = {};
    for (const key of keys) {
      const member = Object.getOwnPropertyDescriptor(value, key);
      if (key.length > most.keyLetters || key === '__proto__' || member?.get || member?.set)
        return refuse(path, 'malformed');
      if (member?.value !== undefined) copy[key] = copyOf(member.value, pathOf(path, key), depth + 1);
      if (fault) return;
    }
    return copy;
  };

  const value = copyOf(input, '', 0);
  return fault
    ? { ok: false, ...(fault as { path: string; code: 'malformed' | 'too_many' }) }
    : { ok: true, value };
}

/** What an object itself holds under a name; undefined for what it inherits and for what only a getter would say. */
export function ownValue(object: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}

/** Whether two plain values say the same. Parts that are the same object are not walked. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(ownValue(one, key), ownValue(other, key)))
  );
}

/** A record, of this window or another; not a date, a map or a typed array, whose members are no JSON. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isText(value: string): boolean {
  return value.length <= most.letters && value.isWellFormed() && !value.includes('\0');
}

function pathOf(path: string, key: string | number): string {
  return path === '' ? `${key}` : `${path}.${key}`;
}
