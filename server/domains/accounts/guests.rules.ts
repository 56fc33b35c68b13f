import type { ViewerId } from '../../../contract/ids.ts';
import { ViewerId as viewerIdSchema } from '../../../contract/ids.ts';
import { newId, type Signer } from '../../platform/random.ts';

/**
 * A guest is a viewer id in a signed cookie; nothing is written for them. The signature keeps anybody from
 * stepping into the taste of another viewer by naming their id.
 */
const cookieName = 'kinora_viewer';
const purpose = 'guest-viewer';
const yearSeconds = 365 * 24 * 3600;

/** The value of a cookie of this name; the first one counts, as in browsers the most specific comes first. */
export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return null;
}

export function readGuest(request: Request, signer: Signer): ViewerId | null {
  const [id = '', signature = '', ...rest] = (readCookie(request, cookieName) ?? '').split('.');
  const viewerId = viewerIdSchema.safeParse(id);
  if (rest.length > 0 || !viewerId.success || !signer.verify(purpose, id, signature)) return null;
  return viewerId.data;
}

export function newGuest(signer: Signer, secure: boolean): { viewerId: ViewerId; setCookie: string } {
  const viewerId = newId<ViewerId>();
  const value = `${viewerId}.${signer.sign(purpose, viewerId)}`;
  const setCookie = `${cookieName}=${value}; Path=/; Max-Age=${yearSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return { viewerId, setCookie };
}
