import { Refusal } from '../../contract/errors.ts';
import type { Bus } from './bus.ts';
import type { Database } from './database.ts';

/**
 * Numbers an operator may turn while the server runs. Each is declared by the room that obeys it, with range and
 * reason; only values that differ from the standard are rows. Every change is kept with who made it.
 */
export type TunableSpec = { standard: number; min: number; max: number; unit: string; reason: string };
export type TunableState = TunableSpec & { name: string; value: number; changedAt: string | null };
/** `from` is what held before: the value of the change before it, or the standard. */
export type TunableChange = { at: string; accountId: string; from: number; to: number };

const mostChanges = 100;

export type Tunables = {
  declare<const Specs extends Record<string, TunableSpec>>(specs: Specs): { get(name: keyof Specs): number };
  list(): TunableState[];
  /** Throws not_found, tunable_out_of_range. */
  set(name: string, value: number, accountId: string): Promise<TunableState>;
  /** Newest first. Throws not_found. */
  changes(name: string): Promise<TunableChange[]>;
  start(): Promise<void>;
};

type TunableTables = {
  tunables: { name: string; value: number; changed_at: Date };
  tunable_changes: { name: string; value: number; account_id: string; changed_at: Date };
};

export function createTunables(database: Database, bus: Bus): Tunables {
  const db = database.of<TunableTables>();
  const specs = new Map<string, TunableSpec>();
  let rows = new Map<string, { value: number; changedAt: string }>();

  const load = async () => {
    const found = await db.selectFrom('tunables').selectAll().execute();
    rows = new Map(
      found.map((row) => [row.name, { value: row.value, changedAt: row.changed_at.toISOString() }]),
    );
  };
  const stateOf = (name: string, spec: TunableSpec): TunableState => ({
    ...spec,
    name,
    value: rows.get(name)?.value ?? spec.standard,
    changedAt: rows.get(name)?.changedAt ?? null,
  });

  return {
    declare(declared) {
      for (const [name, spec] of Object.entries(declared)) specs.set(name, spec);
      return { get: (name) => rows.get(String(name))?.value ?? declared[name]!.standard };
    },
    list: () =>
      [...specs].map(([name, spec]) => stateOf(name, spec)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    async set(name, value, accountId) {
      const spec = specs.get(name);
      if (!spec) throw new Refusal('not_found');
      if (!(value >= spec.min && value <= spec.max)) {
        throw new Refusal('tunable_out_of_range', { name, min: spec.min, max: spec.max });
      }
      await db.transaction().execute(async (trx) => {
        const row = { name, value, changed_at: new Date() };
        await trx
          .insertInto('tunables')
          .values(row)
          .onConflict((c) => c.column('name').doUpdateSet(row))
          .execute();
        await trx
          .insertInto('tunable_changes')
          .values({ ...row, account_id: accountId })
          .execute();
      });
      await load();
      await bus.publish('tunables', name);
      return stateOf(name, spec);
    },
    async changes(name) {
      const spec = specs.get(name);
      if (!spec) throw new Refusal('not_found');
      const found = await db
        .selectFrom('tunable_changes')
        .select(['value', 'account_id', 'changed_at'])
        .where('name', '=', name)
        .orderBy('changed_at', 'desc')
        .limit(mostChanges + 1)
        .execute();
      return found.slice(0, mostChanges).map((row, at) => ({
        at: row.changed_at.toISOString(),
        accountId: row.account_id,
        from: found[at + 1]?.value ?? spec.standard,
        to: row.value,
      }));
    },
    async start() {
      await load();
      bus.subscribe(
        'tunables',
        () =>
          void load().catch(() => {
            // The next change, or the next start, loads them; until then the old values hold.
          }),
      );
    },
  };
}
