import type { DomainEventName, DomainEvents } from '../../contract/events.ts';
import { type Executor, sql } from './database.ts';
import type { Jobs } from './jobs.ts';

/**
 * News between rooms. `emit` is called with the transaction that made the fact true, and writes one delivery per
 * listener as a job in that same transaction: either the fact and all its deliveries exist, or none of them.
 * A delivery runs at least once; one listener that fails is tried again without the others hearing it twice.
 */
export type Outbox = {
  emit<Name extends DomainEventName>(
    executor: Executor,
    name: Name,
    payload: DomainEvents[Name],
  ): Promise<void>;
  /** `listener` names the room and what it does, e.g. `sounds.keep-original`; it is part of stored jobs, so it stays. */
  on<Name extends DomainEventName>(
    name: Name,
    listener: string,
    hear: (payload: DomainEvents[Name]) => Promise<void>,
  ): void;
};

export function createOutbox(jobs: Jobs): Outbox {
  const listeners = new Map<string, string[]>();
  return {
    async emit(executor, name, payload) {
      const names = listeners.get(name);
      if (!names) return;
      // Priority -1: news first, so that what people see follows what they did before new work begins.
      await sql`select graphile_worker.add_job(listener, payload => ${JSON.stringify(payload)}::json, priority => -1::smallint, max_attempts => 20::smallint)
        from unnest(${names}::text[]) as listener`.execute(executor);
    },
    on(name, listener, hear) {
      const job = `${name} → ${listener}`;
      listeners.set(name, [...(listeners.get(name) ?? []), job]);
      jobs.define({
        name: job,
        weight: 'light',
        run: (payload: Parameters<typeof hear>[0]) => hear(payload),
      });
    },
  };
}
