import type { Signer } from '../../platform/random.ts';

/** A place in a feed session: which session, and which page comes next. The session's pages are rows. */
export type FeedPlace = { sessionId: string; page: number };

const purpose = 'feed-cursor';

export function writeCursor(signer: Signer, { sessionId, page }: FeedPlace): string {
  const text = `${sessionId}.${page}`;
  return `${text}.${signer.sign(purpose, text)}`;
}

/** Null when it is not ours. */
export function readCursor(signer: Signer, cursor: string): FeedPlace | null {
  const match = /^([A-Za-z0-9]{8,40})\.(\d{1,6})\.([\w-]{22})$/.exec(cursor);
  if (!match) return null;
  const [, sessionId, page, signature] = match as unknown as [string, string, string, string];
  return signer.verify(purpose, `${sessionId}.${page}`, signature) ? { sessionId, page: Number(page) } : null;
}
