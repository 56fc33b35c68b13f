import type { ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import styles from './notice.module.css';

/** A word within the page: something to know, something done, or something that went wrong. */
export function Notice({
  kind = 'note',
  icon,
  children,
  action,
  ref,
}: {
  kind?: 'note' | 'done' | 'wrong';
  icon?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
  /** To move the focus here, such as to the summary of a form's errors. */
  ref?: Ref<HTMLDivElement>;
}) {
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role={kind === 'wrong' ? 'alert' : 'status'}
      className={classes(styles.notice, styles[kind])}
    >
      {icon && <span className={styles.icon}>{icon}</span>}
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
