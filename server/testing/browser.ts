import type { Problem } from '../../contract/errors.ts';

/**
 * A browser as far as requests go: keeps its cookies, names its origin, reads JSON. Where its requests are answered
 * (in this process or over HTTP) is handed in.
 */
export type Reply = {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
  problem: Problem | null;
};

export function createBrowser(
  fetch: (request: Request) => Response | Promise<Response>,
  origin = 'http://localhost:3000',
) {
  const cookies = new Map<string, string>();
  const raw = async (
    method: string,
    path: string,
    body?: BodyInit | null,
    headers: Record<string, string> = {},
  ) => {
    const request = new Request(origin + path, {
      method,
      body,
      headers: {
        host: new URL(origin).host,
        origin,
        ...(cookies.size > 0 && { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') }),
        ...headers,
      },
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    } as RequestInit);
    const response = await fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (attributes.some((one) => /^\s*max-age=0/i.test(one))) cookies.delete(name);
      else cookies.set(name, value.join('='));
    }
    return response;
  };
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply> => {
    const response = await raw(
      method,
      path,
      body === undefined ? null : JSON.stringify(body),
      body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    );
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : null;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json,
      problem: response.status >= 400 ? (json as Problem | null) : null,
    };
  };
  return {
    cookies,
    raw,
    get: (path: string, headers?: Record<string, string>) => call('GET', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Record<string, string>) =>
      call('POST', path, body, headers),
    put: (path: string, body?: unknown) => call('PUT', path, body),
    patch: (path: string, body?: unknown) => call('PATCH', path, body),
    delete: (path: string) => call('DELETE', path),
  };
}
