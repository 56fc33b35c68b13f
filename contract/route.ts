import type { z } from 'zod';
import type { RefusalCode } from './errors.ts';

/**
 * Who may call a route.
 * anyone: no identity is looked at · viewer: a guest's device or a member (a device gets its identity here)
 * member: signed in · owner: signed in, and the thing must be the caller's own (others get 404)
 * operator: the people who run this server
 */
export type Access = 'anyone' | 'viewer' | 'member' | 'owner' | 'operator';
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One operation of the API: what it takes, gives, refuses, and who may call it. Paths are written `/api/videos/{id}`. */
export type Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  name: string;
  method: Method;
  path: string;
  access: Access;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Schema of the JSON reply; absent: 204 without a body. */
  reply?: Reply;
  status?: 200 | 201 | 202 | 204;
  /** Refusals special to this operation; those every route has (invalid_input, too_many_requests…) are implied. */
  errors?: readonly RefusalCode[];
  /** The route streams or takes raw bytes; the handler sees the Request itself. */
  raw?: 'sse' | 'bytes' | 'html' | 'tus';
  /** Per viewer or address: points and the window they refill in. */
  limit?: { points: number; seconds: number };
};

export function route<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodUndefined,
>(spec: Route<Params, Query, Body, Reply>): Route<Params, Query, Body, Reply> {
  return spec;
}
