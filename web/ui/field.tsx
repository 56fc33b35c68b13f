import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './field.module.css';

/**
 * A labelled input: the label above, a hint under it, an error that is read out with it, a counter on demand.
 * The error replaces the hint's place in line of sight, not the hint itself.
 */
export type FieldShape = {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  /** Text at the end of the label's line, such as a counter; `over` marks it as too much. */
  counter?: { text: string; over: boolean; spoken: string };
};

export function Field({
  label,
  hint,
  error,
  counter,
  children,
}: FieldShape & {
  children: (wiring: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`, counter && `${id}-counter`]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {counter && (
          <span className={classes(styles.counter, counter.over && styles.over)}>
            <bdi aria-hidden="true">{counter.text}</bdi>
            <span id={`${id}-counter`} className="visually-hidden">
              {counter.spoken}
            </span>
          </span>
        )}
      </div>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true as const } : {}),
      })}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      {hint && (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  error,
  counter,
  before,
  after,
  className,
  ...input
}: FieldShape & ComponentProps<'input'> & { before?: ReactNode; after?: ReactNode }) {
  return (
    <Field label={label} hint={hint} error={error} counter={counter}>
      {(wiring) => (
        // What stands before the text (an @) keeps its side of it, whichever way the page is written.
        <div
          className={classes(styles.box, error && styles.wrong, className)}
          dir={before ? 'ltr' : undefined}
        >
          {before && (
            <span className={styles.before} aria-hidden="true">
              {before}
            </span>
          )}
          <input {...input} {...wiring} className={styles.input} />
          {after}
        </div>
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  counter,
  className,
  ...area
}: FieldShape & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} counter={counter}>
      {(wiring) => (
        <div className={classes(styles.box, styles.tall, error && styles.wrong, className)}>
          <textarea {...area} {...wiring} className={styles.area} />
        </div>
      )}
    </Field>
  );
}
