import { type ReactNode, useEffect, useRef } from 'react';
import { classes } from './classes.ts';
import styles from './page.module.css';

/**
 * The frame of a page that is not the feed: its name, once, as heading and as window title; its width; its air.
 * A page that comes by a link within the app takes the focus to its heading, so that a screen reader hears it.
 */
export function Page({
  title,
  lead,
  width = 'text',
  hideTitle,
  action,
  children,
}: {
  title: string;
  lead?: ReactNode;
  width?: 'narrow' | 'text' | 'wide';
  hideTitle?: boolean;
  action?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const active = document.activeElement;
    if (!active || active === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes(styles.page, styles[width])}>
      <title>{title}</title>
      <header className={hideTitle ? 'visually-hidden' : styles.head}>
        <div className={styles.words}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {action}
      </header>
      {children}
    </div>
  );
}

/** A part of a page under its own heading. */
export function Section({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.sub}>{title}</h2>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}
