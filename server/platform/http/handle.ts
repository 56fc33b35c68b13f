import type { z } from 'zod';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, ViewerId } from '../../../contract/ids.ts';
import type { Route } from '../../../contract/route.ts';
import type { Log } from '../log.ts';

/** Who is calling. A guest has a viewer (their device), a member also an account. */
export type Caller = {
  viewerId: ViewerId;
  accountId: AccountId | null;
  role: 'guest' | 'member' | 'operator';
  /** Set when this call gave the device its identity. */
  setCookie?: string;
};

export type Call<Params, Query, Body> = {
  params: Params;
  query: Query;
  body: Body;
  caller: Caller;
  ip: string;
  requestId: string;
  request: Request;
  log: Log;
  /** Aborts when the client goes away or the server stops. */
  signal: AbortSignal;
  setHeader(name: string, value: string): void;
};

type Out<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A contract route together with what this server does for it; made by `handle`, mounted by compose. */
export type Handled = {
  route: Route;
  run(call: Call<unknown, unknown, unknown>): Promise<unknown>;
};

/**
 * Binds a contract route to its handler. The edge has parsed the input and checked access before `run` is called;
 * a plain route returns the reply's value, a `raw` one returns a Response.
 */
export function handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  run: (call: Call<Out<P>, Out<Q>, Out<B>>) => Promise<z.input<R> | Response>,
): Handled {
  return { route: route as unknown as Route, run: run as Handled['run'] };
}

/** The account of a caller on a member's route. */
export function accountOf(call: { caller: Caller }): AccountId {
  if (!call.caller.accountId) throw new Refusal('not_signed_in');
  return call.caller.accountId;
}
