import { useEffect, useEffectEvent } from 'react';

/**
 * The system's way back closes what lies over a page before it leaves the page. Everything that is open has one entry
 * in the browser's history above that of its page: going back closes the topmost, and what is closed by its own button
 * takes its entry along. An entry says how many things are open there, and how many of them, the lowest, have an address
 * that opens them again. One that names what can no longer be opened (after a reload, or going forward) is left at once.
 */
type Entry = { over: number; addressed: number };
type Layer = { close: () => void; address: string | undefined };

const layers: Layer[] = [];
/** Entries that were come to, whose address has yet to open what belongs to them. */
let awaited = 0;
let planned = false;
/** Set while a way back of our own is under way: until then, what is above cannot be replaced. */
let returning: ReturnType<typeof setTimeout> | null = null;
const afterwards: (() => void)[] = [];
/** A way back that finds nothing to go to tells nobody. */
const lostAfterMs = 1000;

function entry(): Entry {
  const state = history.state as Partial<Entry> | null;
  return { over: state?.over ?? 0, addressed: state?.addressed ?? 0 };
}

const addressedOf = (count: number): number =>
  layers.slice(0, count).filter(({ address }) => address !== undefined).length;

/** As many entries as things that are open. What closes as something else opens hands its entry over. */
function match(): void {
  planned = false;
  if (returning !== null) return;
  const { over, addressed } = entry();
  if (over > 0 && over === layers.length && addressed !== addressedOf(over))
    history.replaceState(
      { over, addressed: addressedOf(over) } satisfies Entry,
      '',
      layers[over - 1]!.address ?? location.pathname,
    );
  for (let at = over; at < layers.length; at++) {
    const { address } = layers[at]!;
    // Opened by its own address: the page under it has one, too.
    if (address === location.pathname + location.search) history.replaceState(null, '', location.pathname);
    history.pushState({ over: at + 1, addressed: addressedOf(at + 1) } satisfies Entry, '', address);
  }
  const tooMany = over - Math.max(layers.length, awaited);
  if (tooMany <= 0) return;
  returning = setTimeout(settled, lostAfterMs);
  history.go(-tooMany);
}

function plan(): void {
  if (planned) return;
  planned = true;
  queueMicrotask(match);
}

function settled(): void {
  if (returning !== null) clearTimeout(returning);
  returning = null;
  for (const next of afterwards.splice(0)) next();
  plan();
}

function arrived(): void {
  if (returning !== null) {
    settled();
    return;
  }
  const { over, addressed } = entry();
  awaited = over > layers.length ? addressed : 0;
  for (const layer of layers.slice(over).reverse()) layer.close();
  // What may not be closed now has its entry again.
  setTimeout(match);
}

/** Once, when the app starts. */
export function connectWayBack(): void {
  addEventListener('popstate', arrived);
  arrived();
}

/**
 * While `open`, going back calls `close` instead of leaving the page. With an `address` it is a place of its own: the
 * entry bears it, whoever comes to the entry again opens it, and it lies under everything that has none.
 */
export function useWayBack(open: boolean, close: () => void, address?: string): void {
  const closeNow = useEffectEvent(close);
  useEffect(() => {
    if (!open) return undefined;
    const layer: Layer = { close: () => closeNow(), address };
    if (address === undefined) layers.push(layer);
    else layers.splice(layers.filter((one) => one.address !== undefined).length, 0, layer);
    if (address !== undefined) awaited = 0;
    plan();
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (address !== undefined) awaited = 0;
      plan();
    };
  }, [open, address]);
}

/** Leaves for another page: from a window over this one in its place, so that nobody comes back to an entry of nothing. */
export function leaveBy(go: (replace: boolean) => void): void {
  const leave = () => {
    const { over, addressed } = entry();
    go(over > addressed);
  };
  if (returning === null) leave();
  else afterwards.push(leave);
}
