import { type ReactNode, useLayoutEffect } from 'react';
import { Router, Link as WouterLink } from 'wouter';
import { navigate as go } from 'wouter/use-browser-location';
import { leaveBy } from '../ui/way-back.ts';

/** Links and moves inside the app. The rest of the web does not know which router is used. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  leaveBy((replace) => go(to, { replace: options.replace || replace }));
}
export const Link = WouterLink;

/** Around everything that has links. */
export function Links({ children }: { children: ReactNode }) {
  return <Router aroundNav={(_, to, options) => navigate(String(to), options)}>{children}</Router>;
}

export function Redirect({ to }: { to: string }) {
  useLayoutEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
