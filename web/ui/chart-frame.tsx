import type { ReactNode } from 'react';
import { useWords } from '../intl/words.tsx';
import styles from './chart.module.css';

/** What every chart has: its name, a sentence about it, and the same figures as a table for whoever does not see it. */
export type ChartTable = { head: readonly string[]; rows: readonly (readonly string[])[] };

export function ChartFrame({
  title,
  about,
  table,
  children,
}: {
  title: string;
  about?: string;
  table: ChartTable;
  children: ReactNode;
}) {
  const { say } = useWords();
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.title}>
        {title}
        {about && <span className={styles.about}>{about}</span>}
      </figcaption>
      {children}
      <details className={styles.table}>
        <summary>{say('ui.chart.table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label={title}>
          <table>
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                {table.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row[0]}>
                  {row.map((cell, at) =>
                    at === 0 ? (
                      <th key={table.head[at]} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={table.head[at]}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
