import { useLayoutEffect } from 'react';
import { Link as WouterLink } from 'wouter';
import { navigate } from 'wouter/use-browser-location';

/** Links and moves inside the app. The rest of the web does not know which router is used. */
export { navigate };
export const Link = WouterLink;

export function Redirect({ to }: { to: string }) {
  useLayoutEffect(() => navigate(to, { replace: true }), [to]);
  return null;
}
