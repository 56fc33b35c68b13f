import { type HTMLAttributes, useEffect, useRef } from 'react';

/**
 * A room of the studio, over the whole screen: what lies under it is not to be reached meanwhile (`shell.module.css`).
 * Whoever comes by a key that is gone with the last room is told where they are.
 */
export function Room({ title, children, ...rest }: { title: string } & HTMLAttributes<HTMLDivElement>) {
  const name = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const active = document.activeElement;
    if (!active || active === document.body) name.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div data-room="dark" data-whole-screen="" {...rest}>
      <title>{title}</title>
      <h1 ref={name} tabIndex={-1} className="visually-hidden">
        {title}
      </h1>
      {children}
    </div>
  );
}
