import { z } from 'zod';
import { apiRoutes } from '../../../contract/api.ts';
import { type RefusalCode, refusals } from '../../../contract/errors.ts';
import type { Route } from '../../../contract/route.ts';

type Schemas = Record<string, unknown>;

/** OpenAPI 3.1 of every route in the contract, from the same schemas that check the requests. */
export function apiDescription(version: string) {
  const schemas: Schemas = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of apiRoutes as unknown as Route[]) {
    paths[route.path] ??= {};
    paths[route.path]![route.method] = operation(route, schemas);
  }
  schemas.Problem = problemSchema;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kinora',
      version,
      license: { name: 'AGPL-3.0-or-later', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
      description:
        'Sign-in, sign-up and sessions are under /api/auth (better-auth). Errors are RFC 9457 problem documents.',
    },
    paths,
    components: { schemas },
  };
}

function operation(route: Route, schemas: Schemas) {
  const reply = route.reply
    ? {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(route.reply, 'output', schemas) } },
      }
    : { description: route.raw ? rawWords[route.raw] : 'Done, no body' };
  const codes = [...impliedCodes(route), ...(route.errors ?? [])];
  return {
    operationId: route.name,
    summary: route.summary,
    'x-access': route.access,
    parameters: [
      ...parametersOf(route.params, 'path', schemas),
      ...parametersOf(route.query, 'query', schemas),
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(route.body, 'input', schemas) } },
      },
    }),
    responses: {
      [route.status ?? (route.reply || route.raw ? 200 : 204)]: reply,
      ...problemResponses(codes),
    },
  };
}

const rawWords = { sse: 'Server-sent events', bytes: 'Done', html: 'A page', tus: 'As tus 1.0.0 says' };

/** Refusals that follow from what a route takes and who may call it. */
export function impliedCodes(route: Route): RefusalCode[] {
  return [
    ...(route.params || route.query || route.body ? (['invalid_input'] as const) : []),
    ...(['member', 'owner', 'operator'].includes(route.access) ? (['not_signed_in'] as const) : []),
    ...(route.access === 'operator' ? (['not_allowed'] as const) : []),
    ...(route.params ? (['not_found'] as const) : []),
    ...(route.limit ? (['too_many_requests'] as const) : []),
  ];
}

function problemResponses(codes: readonly RefusalCode[]) {
  const byStatus = Map.groupBy(new Set(codes), (code) => refusals[code][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `${code}: ${refusals[code][1]}`).join('\n\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

/** A schema by reference where it has a name; named parts inside it move to the components as well. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): unknown {
  const {
    $defs,
    $schema: _,
    ...plain
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  for (const [name, part] of Object.entries($defs ?? {})) schemas[name] = moved(part);
  const id = schema.meta()?.id;
  if (!id) return moved(plain);
  schemas[id] = moved(plain);
  return { $ref: `#/components/schemas/${id}` };
}

function moved(part: unknown): unknown {
  return JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query', schemas: Schemas) {
  if (!schema) return [];
  const object = schemaOf(schema, 'input', schemas) as { properties: Schemas; required?: string[] };
  return Object.entries(object.properties).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || (object.required ?? []).includes(name),
    schema: part,
  }));
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(refusals) },
    requestId: { type: 'string' },
    details: { type: 'object', additionalProperties: true },
  },
};
