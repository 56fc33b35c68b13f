import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';

/**
 * Something to press. `busy` keeps it focusable and says so, and swallows presses, so that nothing is sent twice.
 */
export type ButtonLook = 'primary' | 'quiet' | 'plain' | 'danger';
export type ButtonShape = { look?: ButtonLook; small?: boolean; wide?: boolean };

type Props = ComponentProps<'button'> & ButtonShape & { busy?: boolean; icon?: ReactNode };

/** The same look for a link: `<Link className={buttonClass({ look: 'primary' })}>`. */
export function buttonClass({ look = 'quiet', small, wide }: ButtonShape = {}): string {
  return classes(styles.button, styles[look], small && styles.small, wide && styles.wide);
}

export function Button({ look, small, wide, busy, icon, className, children, onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(buttonClass({ look, small, wide }), busy && styles.busy, className)}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}

export function IconButton({
  label,
  icon,
  className,
  filled,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & { label: string; icon: ReactNode; filled?: boolean }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={classes(styles.icon, filled && styles.filled, className)}
    >
      {icon}
    </button>
  );
}
