import { Refusal } from '../../../contract/errors.ts';

/** Reads a body of at most `maxBytes`, whatever its declared length says. Throws too_large. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes)
    throw new Refusal('too_large', { maxBytes });
  // What declares its length sends no more than that: it can be read in one piece.
  if (request.headers.has('content-length')) return new Uint8Array(await request.arrayBuffer());
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of request.body ?? []) {
    total += part.byteLength;
    if (total > maxBytes) throw new Refusal('too_large', { maxBytes });
    parts.push(part);
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** 1 MB: a full batch of signals has 140 kB, the longest captions track a little more. */
const jsonBytes = 1_000_000;

export async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('application/json')) {
    throw new Refusal('invalid_input', {
      where: 'body',
      faults: [{ path: '', message: 'must be application/json' }],
    });
  }
  const bytes = await readBytes(request, jsonBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('invalid_input', { where: 'body', faults: [{ path: '', message: 'is not JSON' }] });
  }
}
