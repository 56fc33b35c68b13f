/**
 * Tells the server what was watched and done, in batches, and loses nothing: a signal stays on this device until a
 * receipt for it came, through reloads, dead lines and closed tabs. The same signal may be sent twice; its id, made
 * once, lets the server count it once. Each signal has a storage key of its own, so that tabs do not overwrite each
 * other. It knows no video and no page: whoever saw something calls `add`.
 */
import type { Signal, SignalReceipt } from '../contract/signals.ts';

export type NewSignal = Omit<Signal, 'id' | 'agoMs'>;
type Kept = Omit<Signal, 'agoMs'> & { at: number };
type SignalStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export type SignalPorts = {
  url: string;
  storage: SignalStorage | null;
  now: () => number;
  newId: () => string;
  fetch: typeof fetch;
  beacon: (url: string, body: Blob) => boolean;
};

const prefix = 'kinora.signal.';
/** The server takes nothing older (contract/signals.ts). */
const oldestMs = 7 * 86_400_000;
/** A day of watching without a line; the oldest go first. */
const mostKept = 500;
/** Tokens have up to 600 characters, and a browser takes 64 KB of keepalive bodies at once. */
const batchSize = 60;
const beatMs = 3000;
const longestWaitMs = 120_000;

export function createSignals(ports: SignalPorts) {
  const kept = new Map<string, Kept>();
  const underWay = new Set<string>();
  let failures = 0;
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function keep(signal: Kept): void {
    kept.set(signal.id, signal);
    try {
      ports.storage?.setItem(prefix + signal.id, JSON.stringify(signal));
    } catch {
      // Full or forbidden storage: memory keeps it while the page lives.
    }
    while (kept.size > mostKept) forget(kept.keys().next().value!);
  }
  function forget(id: string): void {
    kept.delete(id);
    try {
      ports.storage?.removeItem(prefix + id);
    } catch {
      // Forbidden storage has nothing to forget.
    }
  }

  /** What earlier visits and closed tabs left behind. */
  function recall(): void {
    try {
      const { storage } = ports;
      if (!storage) return;
      const ids = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '')
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length));
      const found = ids.map((id) => ({ id, signal: readKept(storage.getItem(prefix + id)) }));
      for (const { id, signal } of found) if (!signal || signal.id !== id) storage.removeItem(prefix + id);
      for (const { signal } of found.toSorted((a, b) => (a.signal?.at ?? 0) - (b.signal?.at ?? 0)))
        if (signal && !kept.has(signal.id)) kept.set(signal.id, signal);
    } catch {
      // Forbidden storage: there is nothing to recall.
    }
  }

  function bodyOf(batch: readonly Kept[]): string {
    const now = ports.now();
    return JSON.stringify({
      signals: batch.map(({ at, ...signal }) => ({
        ...signal,
        agoMs: Math.min(oldestMs, Math.max(0, now - at)),
      })),
    });
  }

  function waiting(): Kept[] {
    const now = ports.now();
    for (const signal of [...kept.values()]) if (now - signal.at > oldestMs) forget(signal.id);
    return [...kept.values()].filter(({ id }) => !underWay.has(id));
  }

  /** Sends until nothing waits or the line fails. Safe to call at any time. */
  async function flush(): Promise<void> {
    if (ports.now() < notBefore) return plan();
    for (;;) {
      const batch = waiting().slice(0, batchSize);
      if (batch.length === 0 || !(await send(batch))) break;
    }
    if (kept.size > 0) plan();
  }

  async function send(batch: readonly Kept[]): Promise<boolean> {
    for (const { id } of batch) underWay.add(id);
    try {
      const response = await ports.fetch(ports.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: bodyOf(batch),
        keepalive: true,
        credentials: 'same-origin',
      });
      if (response.ok) {
        const receipt = (await response.json()) as SignalReceipt;
        if (typeof receipt.accepted !== 'number') throw new Error('not a receipt');
        // Accepted, known before, or refused for good: each is an answer.
        for (const { id } of batch) forget(id);
        failures = 0;
        return true;
      }
      if (response.status === 400 || response.status === 413 || response.status === 422) {
        if (batch.length > 1) {
          // One of them spoils the batch; alone, each gets its own answer.
          for (const { id } of batch) underWay.delete(id);
          for (const signal of batch) if (!(await send([signal]))) return false;
          return true;
        }
        for (const { id } of batch) forget(id);
        return true;
      }
      return hold();
    } catch {
      // No line, or an answer that was no receipt: everything stays kept.
      return hold();
    } finally {
      for (const { id } of batch) underWay.delete(id);
    }
  }

  function hold(): false {
    failures += 1;
    notBefore = ports.now() + Math.min(longestWaitMs, beatMs * 2 ** failures);
    return false;
  }

  function plan(): void {
    if (timer) return;
    timer = setTimeout(
      () => {
        timer = null;
        void flush();
      },
      Math.max(beatMs, notBefore - ports.now()),
    );
  }

  recall();

  return {
    add(signal: NewSignal): void {
      // A later view of the same impression carries the totals: the earlier one that still waits says nothing more.
      if (signal.kind === 'view')
        for (const other of waiting())
          if (other.kind === 'view' && other.token === signal.token) forget(other.id);
      keep({ ...signal, id: ports.newId(), at: ports.now() });
      plan();
    },
    flush,
    /** The line is back: no need to wait any longer. */
    online(): void {
      notBefore = 0;
      failures = 0;
      void flush();
    },
    /** The page may end now. A beacon brings no receipt, so what it carried stays kept and is sent again. */
    leave(): void {
      const batch = waiting().slice(-batchSize);
      if (batch.length > 0) ports.beacon(ports.url, new Blob([bodyOf(batch)], { type: 'application/json' }));
    },
    size: () => kept.size,
    stop(): void {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}

function readKept(text: string | null): Kept | null {
  try {
    const value = JSON.parse(text ?? 'null') as Kept | null;
    return value &&
      typeof value.id === 'string' &&
      typeof value.token === 'string' &&
      Number.isFinite(value.at)
      ? value
      : null;
  } catch {
    // Written by another version or by hand: not a signal.
    return null;
  }
}
