/** A value that can be watched, in the shape `useSyncExternalStore` wants. Knows nothing of what it holds. */
export type Store<Value> = {
  get: () => Value;
  set: (value: Value) => void;
  change: (part: Partial<Value>) => void;
  subscribe: (listener: () => void) => () => void;
};

export function createStore<Value>(first: Value): Store<Value> {
  let value = first;
  const listeners = new Set<() => void>();
  const set = (next: Value) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    change: (part) => set({ ...value, ...part }),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
