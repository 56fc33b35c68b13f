import type { Me } from '../contract/accounts.ts';
import type { Upload } from '../contract/uploads.ts';
import { createBrowser } from '../server/testing/browser.ts';

/**
 * A client of the real program without a browser: cookies, JSON, resumable uploads and server-sent events over HTTP.
 * Knows the contract and the tus protocol; knows nothing of how the server is made.
 */
export type Client = ReturnType<typeof createBrowser> & {
  signUp(name: string): Promise<Me>;
  /** Begins an upload; returns its path, which is where its bytes go. */
  beginUpload(fileName: string, bytes: number): Promise<string>;
  /** Sends one piece; returns the offset that the server acknowledged. */
  sendPiece(path: string, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<number>;
  /** The offset from which an upload goes on. */
  offsetOf(path: string): Promise<number>;
  /** Sends all of a file in pieces. */
  upload(fileName: string, bytes: Buffer<ArrayBuffer>, pieceBytes: number): Promise<string>;
  /** Every event of a stream, until the server ends it. */
  follow<Data>(path: string): AsyncGenerator<Data>;
  /** Follows an upload to its end; returns every state it was seen in, the last one whole. */
  settled(path: string): Promise<{ seen: string[]; upload: Upload }>;
};

export const idOf = (uploadPath: string) => uploadPath.split('/').at(-1)!;

export function openClient(server: { origin: string }): Client {
  const browser = createBrowser((request) => fetch(request), server.origin);
  const tus = async (method: string, path: string, headers: Record<string, string>, body?: BodyInit) => {
    const reply = await browser.raw(method, path, body, { 'tus-resumable': '1.0.0', ...headers });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return reply.headers;
  };
  const client: Client = {
    ...browser,
    async signUp(name) {
      const handle = `${name}${Math.random().toString(36).slice(2, 8)}`;
      const words = { email: `${handle}@people.example`, password: 'a long enough passphrase', name, handle };
      const reply = await browser.post('/api/auth/sign-up/email', words);
      if (reply.status !== 200) throw new Error(`sign-up: ${reply.status} ${reply.text}`);
      return ((await browser.get('/api/session')).json as { me: Me }).me;
    },
    async beginUpload(fileName, bytes) {
      const headers = await tus('POST', '/api/uploads', {
        'upload-length': `${bytes}`,
        'upload-metadata': `filename ${Buffer.from(fileName).toString('base64')}`,
      });
      return headers.get('location')!;
    },
    async sendPiece(path, offset, piece) {
      const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': `${offset}` };
      return Number((await tus('PATCH', path, type, piece)).get('upload-offset'));
    },
    async offsetOf(path) {
      return Number((await tus('HEAD', path, {})).get('upload-offset'));
    },
    async upload(fileName, bytes, pieceBytes) {
      const path = await client.beginUpload(fileName, bytes.byteLength);
      for (let at = 0; at < bytes.byteLength; )
        at = await client.sendPiece(path, at, bytes.subarray(at, at + pieceBytes));
      return path;
    },
    async *follow<Data>(path: string) {
      const reply = await browser.raw('GET', path);
      if (!reply.ok || !reply.body) throw new Error(`GET ${path}: ${reply.status}`);
      let text = '';
      for await (const part of reply.body.pipeThrough(new TextDecoderStream())) {
        text += part;
        const events = text.split('\n\n');
        text = events.pop()!;
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data) yield JSON.parse(data) as Data;
        }
      }
    },
    async settled(path) {
      const seen: string[] = [];
      let last: Upload | null = null;
      for await (const upload of client.follow<Upload>(`${path}/events`)) {
        if (seen.at(-1) !== upload.state) seen.push(upload.state);
        last = upload;
      }
      if (!last) throw new Error(`no event of ${path}`);
      return { seen, upload: last };
    },
  };
  return client;
}
