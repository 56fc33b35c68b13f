import { Refusal } from '../../../contract/errors.ts';
import type { Experiment, NewExperiment } from '../../../contract/experiments.ts';
import type { AccountId, ViewerId } from '../../../contract/ids.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Log } from '../../platform/log.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { type Assignment, assignmentOf } from './assignment.rules.ts';
import { experimentHttp } from './experiments.http.ts';
import {
  alone,
  deleteDraft,
  type ExperimentRow,
  insertDraft,
  readAll,
  readOne,
  readRunning,
  setState,
} from './experiments.store.ts';
import type { ExperimentTables } from './experiments.tables.ts';
import { faultOf, overlapOf } from './plans.rules.ts';

export type { Assignment } from './assignment.rules.ts';

/**
 * Questions put to the feed: which viewers are served by which numbers, from when to when, by whose decision.
 * Assignment is a hash of the viewer and the experiment's key, kept nowhere. Does not know what a tunable does,
 * ranks nothing, and measures nothing: what came of it is the desk's to tell.
 */
export type Experiments = {
  /** What this viewer is in now, of what is running; null for none. Asks nobody. */
  assigned(viewerId: ViewerId): Assignment | null;
  list(): Promise<Experiment[]>;
  /** Throws not_found. */
  find(key: string): Promise<Experiment>;
  /** The same plan again: the same draft. Throws experiment_key_taken, experiment_invalid, tunable_out_of_range. */
  create(plan: NewExperiment, by: AccountId): Promise<Experiment>;
  /** Throws not_found, experiment_overlaps, conflict (it was stopped). Again: nothing happens. */
  begin(key: string, by: AccountId): Promise<Experiment>;
  /** Throws not_found, conflict (it was never started). Again: nothing happens. */
  end(key: string, by: AccountId): Promise<Experiment>;
  /** Drafts only; throws not_found, conflict. */
  discard(key: string): Promise<void>;
  http: Handled[];
  start(): Promise<void>;
};

export type ExperimentsDeps = {
  database: Database;
  bus: Bus;
  clock: Clock;
  log: Log;
  tunables: Pick<Tunables, 'list'>;
  accounts: Pick<Accounts, 'people'>;
};

const topic = 'experiments';

export function createExperiments(deps: ExperimentsDeps): Experiments {
  const { bus, clock } = deps;
  const db = deps.database.of<ExperimentTables>();
  let running: readonly ExperimentRow[] = [];

  const load = async () => {
    running = await readRunning(db);
  };
  const changed = async () => {
    await load();
    await bus.publish(topic, null);
  };
  const present = async (rows: readonly ExperimentRow[]): Promise<Experiment[]> => {
    const ids = rows.flatMap((row) => [row.created_by, row.started_by, row.stopped_by]);
    const people = await deps.accounts.people([...new Set(ids.filter((id) => id !== null))] as AccountId[]);
    const handle = (id: string | null) => (id && people.get(id as AccountId)?.handle) || null;
    const time = (at: Date | null) => at?.toISOString() ?? null;
    return rows.map((row) => ({
      key: row.key,
      question: row.question,
      state: row.state,
      variants: row.variants,
      createdAt: row.created_at.toISOString(),
      startedAt: time(row.started_at),
      stoppedAt: time(row.stopped_at),
      createdBy: handle(row.created_by),
      startedBy: handle(row.started_by),
      stoppedBy: handle(row.stopped_by),
    }));
  };
  const find: Experiments['find'] = async (key) => {
    const row = await readOne(db, key);
    if (!row) throw new Refusal('not_found');
    return (await present([row]))[0]!;
  };

  const experiments: Omit<Experiments, 'http'> = {
    assigned: (viewerId) => (running.length > 0 ? assignmentOf(running, viewerId) : null),
    list: async () => present(await readAll(db)),
    find,
    async create(plan, by) {
      const fault = faultOf(plan, deps.tunables.list());
      if (fault) throw new Refusal(fault.code, fault.details);
      if (!(await insertDraft(db, plan, by, new Date(clock.now())))) {
        const known = await find(plan.key);
        const isSame =
          known.state === 'draft' &&
          known.question === plan.question &&
          JSON.stringify(sorted(known.variants)) === JSON.stringify(sorted(plan.variants));
        if (!isSame) throw new Refusal('experiment_key_taken');
      }
      return find(plan.key);
    },
    async begin(key, by) {
      await alone(db, async (trx) => {
        const row = await readOne(trx, key);
        if (!row) throw new Refusal('not_found');
        if (row.state === 'running') return;
        if (row.state === 'stopped') throw new Refusal('conflict');
        // The range of a tunable may have changed with the program since this was written down.
        const fault = faultOf({ ...row, question: row.question }, deps.tunables.list());
        if (fault) throw new Refusal(fault.code, fault.details);
        const overlap = overlapOf(row.variants, await readRunning(trx));
        if (overlap) throw new Refusal('experiment_overlaps', overlap);
        await setState(trx, key, { state: 'running', started_at: new Date(clock.now()), started_by: by });
      });
      await changed();
      return find(key);
    },
    async end(key, by) {
      await alone(db, async (trx) => {
        const row = await readOne(trx, key);
        if (!row) throw new Refusal('not_found');
        if (row.state === 'stopped') return;
        if (row.state === 'draft') throw new Refusal('conflict');
        await setState(trx, key, { state: 'stopped', stopped_at: new Date(clock.now()), stopped_by: by });
      });
      await changed();
      return find(key);
    },
    async discard(key) {
      await alone(db, async (trx) => {
        const row = await readOne(trx, key);
        if (!row) throw new Refusal('not_found');
        if (row.state !== 'draft') throw new Refusal('conflict');
        await deleteDraft(trx, key);
      });
    },
    async start() {
      await load();
      bus.subscribe(
        topic,
        () =>
          void load().catch((error) => {
            // The next change, or the next start, reads them; until then this process deals as before.
            deps.log.warn({ err: error }, 'the running experiments could not be read');
          }),
      );
    },
  };
  return { ...experiments, http: experimentHttp(experiments) };
}

/** In one order of keys, so that two plans can be compared as text. */
function sorted(variants: Experiment['variants']) {
  return variants.map(({ name, share, overrides }) => [
    name,
    share,
    Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}
