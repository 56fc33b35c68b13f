/**
 * Group commit: what arrives while a commit is under way, or within a few milliseconds, is kept by the next one
 * together. Each caller is answered after the commit that holds their rows. Knows nothing of signals or SQL.
 */
export type Groups<Item, Outcome> = {
  /** Outcomes in the order of the items. Rejects when the commit failed: nothing of the group was kept. */
  add(items: readonly Item[]): Promise<Outcome[]>;
  /** Resolves when everything added before has been answered. */
  settled(): Promise<void>;
  waiting(): number;
};

export function createGroups<Item, Outcome>(
  keep: (items: Item[]) => Promise<Outcome[]>,
  options: { waitMs: number; mostItems: number },
): Groups<Item, Outcome> {
  type Waiting = { items: readonly Item[]; answer(outcomes: Outcome[]): void; fail(error: unknown): void };
  const queue: Waiting[] = [];
  let count = 0;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;

  const take = (): Waiting[] => {
    let size = 0;
    let end = 0;
    // At least one, however large; then as many as fit.
    while (end < queue.length && (end === 0 || size + queue[end]!.items.length <= options.mostItems)) {
      size += queue[end]!.items.length;
      end++;
    }
    count -= size;
    return queue.splice(0, end);
  };

  const run = async () => {
    while (queue.length > 0) {
      const group = take();
      const items = group.flatMap((waiting) => waiting.items);
      try {
        const outcomes = await keep(items);
        let at = 0;
        for (const waiting of group) {
          waiting.answer(outcomes.slice(at, at + waiting.items.length));
          at += waiting.items.length;
        }
      } catch (error) {
        for (const waiting of group) waiting.fail(error);
      }
    }
    running = null;
  };

  const begin = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    running ??= run();
  };

  return {
    add(items) {
      if (items.length === 0) return Promise.resolve([]);
      return new Promise((answer, fail) => {
        queue.push({ items, answer, fail });
        count += items.length;
        if (running) return;
        if (count >= options.mostItems) begin();
        else timer ??= setTimeout(begin, options.waitMs);
      });
    },
    async settled() {
      if (queue.length > 0) begin();
      while (running) await running;
    },
    waiting: () => count,
  };
}
