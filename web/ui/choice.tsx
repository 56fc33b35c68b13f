import { type ReactNode, useId } from 'react';
import styles from './choice.module.css';
import { classes } from './classes.ts';

/** On or off, at once. The whole row is the target. */
export function Switch({
  label,
  hint,
  checked,
  disabled,
  onChange,
}: {
  label: string;
  hint?: ReactNode;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label htmlFor={id} className={styles.text}>
        <span className={styles.label}>{label}</span>
        {hint && (
          <span id={`${id}-hint`} className={styles.hint}>
            {hint}
          </span>
        )}
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className={styles.switch}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  );
}

/** One of a few that are worth reading side by side. */
export function RadioGroup<Value extends string>({
  label,
  value,
  options,
  row,
  hideLabel,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string; icon?: ReactNode }[];
  /** Side by side, as segments. */
  row?: boolean;
  /** Where a heading says it already. */
  hideLabel?: boolean;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={hideLabel ? 'visually-hidden' : styles.legend}>{label}</legend>
      <div className={row ? styles.segments : styles.stack}>
        {options.map((option) => (
          <label key={option.value} className={classes(styles.option, row && styles.segment)}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            <span className={styles.text}>
              <span className={styles.label}>{option.label}</span>
              {option.hint && <span className={styles.hint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Some of a few, up to `most`. */
export function Chips<Value extends string>({
  label,
  hint,
  chosen,
  options,
  most,
  onChange,
}: {
  label: string;
  hint?: string;
  chosen: readonly Value[];
  options: readonly { value: Value; label: string }[];
  most: number;
  onChange: (chosen: Value[]) => void;
}) {
  const id = useId();
  const full = chosen.length >= most;
  return (
    <fieldset className={styles.group} aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.chips}>
        {options.map((option) => {
          const on = chosen.includes(option.value);
          return (
            <label key={option.value} className={styles.chip}>
              <input
                type="checkbox"
                checked={on}
                disabled={full && !on}
                onChange={() =>
                  onChange(on ? chosen.filter((value) => value !== option.value) : [...chosen, option.value])
                }
              />
              <span>{option.label}</span>
            </label>
          );
        })}
      </div>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
