import type { Kysely } from 'kysely';
import { sql } from '../../platform/database.ts';
import type { DeskTables } from './desk.tables.ts';
import type { Moments } from './outcome.rules.ts';

const numerators = ['value', 'watched_ms', 'seen', 'likes', 'skips', 'hides'] as const;
export type Numerator = (typeof numerators)[number];
export type GroupMoments = {
  variant: string;
  n: number;
  seen: number;
  /** Per viewer. */
  means: Record<Numerator, Moments>;
  /** Per video seen. */
  rates: Record<Numerator, Moments>;
};

/** From the rows of the viewers who were served while it ran: one row for each, not their signals. */
export async function readMoments(db: Kysely<DeskTables>, experiment: string): Promise<GroupMoments[]> {
  const columns = numerators.flatMap((name) => [
    `sum(${name}::float8) as ${name}_x`,
    `sum(${name}::float8 * ${name}) as ${name}_xx`,
    `sum(${name}::float8 * seen) as ${name}_xy`,
  ]);
  const { rows } = await sql<{ variant: string; n: number } & Record<string, number>>`
    select variant, count(*)::int as n, ${sql.raw(columns.join(', '))}
    from experiment_viewers where experiment = ${experiment} and served > 0 group by variant`.execute(db);
  return rows.map((row) => {
    const { variant, n } = row;
    const of = (pick: (x: number, xx: number, xy: number) => Moments) =>
      Object.fromEntries(
        numerators.map((name) => [name, pick(row[`${name}_x`]!, row[`${name}_xx`]!, row[`${name}_xy`]!)]),
      ) as Record<Numerator, Moments>;
    const [y, yy] = [row.seen_x!, row.seen_xx!];
    return {
      variant,
      n,
      seen: y,
      means: of((x, xx) => ({ n, x, xx, y: n, yy: n, xy: x })),
      rates: of((x, xx, xy) => ({ n, x, xx, y, yy, xy })),
    };
  });
}
