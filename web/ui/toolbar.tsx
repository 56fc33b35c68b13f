import { type ReactNode, useEffect, useRef } from 'react';

/** Things to press in a row, as one stop of the Tab key: arrows go from one to the next (the pattern of WAI-ARIA). */
export function Toolbar({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const here = useRef<Element | null>(null);
  const all = () => [
    ...(bar.current?.querySelectorAll<HTMLElement>('button:not(:disabled), input:not(:disabled)') ?? []),
  ];
  const stop = (at: Element | undefined) => {
    here.current = at ?? null;
    for (const one of all()) one.tabIndex = one === at ? 0 : -1;
  };
  // Things come and go, and may be pressed or not.
  useEffect(() => {
    const now = all();
    stop(now.find((one) => one === here.current) ?? now[0]);
  });
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={label}
      className={className}
      onFocus={({ target }) => stop(target)}
      onKeyDown={(event) => {
        const now = all();
        const at = now.indexOf(event.target as HTMLElement);
        const onwards =
          getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
        const backwards = onwards === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
        const to = {
          [onwards]: (at + 1) % now.length,
          [backwards]: (at - 1 + now.length) % now.length,
          // On a wide screen it may stand upright.
          ArrowDown: (at + 1) % now.length,
          ArrowUp: (at - 1 + now.length) % now.length,
          Home: 0,
          End: now.length - 1,
        }[event.key];
        if (to === undefined || at < 0) return;
        event.preventDefault();
        now[to]!.focus();
      }}
    >
      {children}
    </div>
  );
}
