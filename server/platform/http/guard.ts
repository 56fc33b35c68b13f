import { networkInterfaces } from 'node:os';
import { Refusal } from '../../../contract/errors.ts';

/** Names this server answers for: closing the others closes DNS rebinding and poisoned absolute links. */
export type HostGuard = (host: string | null) => void;

export function createHostGuard(publicUrl: string | null): HostGuard {
  const named = publicUrl ? new URL(publicUrl).host : null;
  return (host) => {
    if (!host) throw new Refusal('unknown_host');
    if (host === named) return;
    const bare = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    if (bare === 'localhost' || bare === '127.0.0.1' || bare === '::1') return;
    if (ownAddresses().includes(bare)) return;
    throw new Refusal('unknown_host', { host: host.slice(0, 100) });
  };
}

let known: { atMs: number; addresses: string[] } = { atMs: 0, addresses: [] };

/** Addresses of this machine's network cards; a laptop moves between networks, so they are read again each minute. */
export function ownAddresses(): string[] {
  if (Date.now() - known.atMs > 60_000) {
    const cards = Object.values(networkInterfaces()).flatMap((card) => card ?? []);
    known = {
      atMs: Date.now(),
      addresses: cards.filter((card) => !card.internal).map((card) => card.address),
    };
  }
  return known.addresses;
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: a browser says where a request comes from (Fetch Metadata, else Origin). Programs
 * without a browser send neither, and have no cookies that somebody else could ride on.
 */
export function refuseCrossSite(request: Request, publicUrl: string | null): void {
  if (safe.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  if (site) {
    if (site !== 'same-origin' && site !== 'none') throw new Refusal('cross_site');
    return;
  }
  const origin = request.headers.get('origin');
  if (!origin || origin === publicUrl) return;
  if (!URL.canParse(origin) || new URL(origin).host !== request.headers.get('host'))
    throw new Refusal('cross_site');
}

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

/** Headers of every answer. `framable` pages (the embed player) may stand in other sites' frames. */
export function securityHeaders(headers: Headers, https: boolean, framable = false): void {
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'strict-origin-when-cross-origin');
  headers.set('permissions-policy', 'camera=(self), microphone=(self), geolocation=(), browsing-topics=()');
  headers.set('cross-origin-opener-policy', 'same-origin');
  if (!framable) headers.set('x-frame-options', 'DENY');
  // An answer that asks for less than the pages get keeps its own.
  if (!headers.has('content-security-policy'))
    headers.set(
      'content-security-policy',
      `${contentSecurityPolicy}; frame-ancestors ${framable ? '*' : "'none'"}${https ? '; upgrade-insecure-requests' : ''}`,
    );
  if (https) headers.set('strict-transport-security', 'max-age=31536000');
}
