import type { z } from 'zod';
import { type Problem, Refusal, refusals } from '../../../contract/errors.ts';

/** RFC 9457: the one shape in which anything but success is answered. */
export function problemResponse(refusal: Refusal, requestId: string): Response {
  const [status, title] = refusals[refusal.code];
  const problem: Problem = {
    type: `/api/docs#error-${refusal.code}`,
    title,
    status,
    code: refusal.code,
    requestId,
    ...(Object.keys(refusal.details).length > 0 && { details: { ...refusal.details } }),
  };
  const response = new Response(JSON.stringify(problem), { status });
  response.headers.set('content-type', 'application/problem+json');
  response.headers.set('cache-control', 'no-store');
  return response;
}

/** What a schema found wrong, as paths and plain words. */
export function invalidInput(where: 'path' | 'query' | 'body', error: z.ZodError): Refusal {
  return new Refusal('invalid_input', {
    where,
    faults: error.issues
      .slice(0, 20)
      .map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  });
}
