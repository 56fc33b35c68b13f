import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classes } from './classes.ts';
import styles from './menu.module.css';

/**
 * A few deeds behind one button, by the ARIA pattern for menu buttons: arrows walk, Home and End jump, Escape and Tab
 * close, and the focus comes back. Written out here because it is small and a library for it weighs as much as React.
 */
export type MenuEntry = { label: string; icon?: ReactNode; danger?: boolean; onPress: () => void };

export function Menu({ label, icon, entries }: { label: string; icon: ReactNode; entries: MenuEntry[] }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const items = () => [...(whole.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

  useEffect(() => {
    if (!open) return undefined;
    whole.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const outside = (event: PointerEvent) => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  const walk = (event: React.KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return setOpen(false);
    else if (to === undefined) return undefined;
    else all[to]?.focus();
    event.preventDefault();
    return undefined;
  };

  return (
    <div ref={whole} className={styles.whole}>
      <button
        ref={trigger}
        type="button"
        className={styles.trigger}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {icon}
      </button>
      {open && (
        <div id={id} role="menu" tabIndex={-1} aria-label={label} className={styles.popup} onKeyDown={walk}>
          {entries.map((entry) => (
            <button
              key={entry.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={classes(styles.item, entry.danger && styles.danger)}
              onClick={() => {
                close();
                entry.onPress();
              }}
            >
              {entry.icon}
              <span>{entry.label}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
