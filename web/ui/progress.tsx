import styles from './progress.module.css';

/** How much of something is done, 0 to 1; always a measured share. */
export function Progress({
  label,
  share,
  text,
  quiet,
}: {
  label: string;
  share: number;
  text: string;
  quiet?: boolean;
}) {
  const honest = Math.min(1, Math.max(0, share));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(honest * 100)}
      aria-valuetext={text}
      className={styles.track}
      data-quiet={quiet || undefined}
    >
      <div className={styles.bar} style={{ inlineSize: `${honest * 100}%` }} />
    </div>
  );
}
