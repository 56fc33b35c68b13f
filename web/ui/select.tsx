import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './field.module.css';
import { Field, type FieldShape } from './field.tsx';

/** One of a few. The browser's own list: every phone's wheel, every screen reader's habits, no weight. */
export function Select({
  label,
  hint,
  error,
  options,
  ...select
}: FieldShape &
  Omit<ComponentProps<'select'>, 'children'> & { options: readonly { value: string; label: string }[] }) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className={styles.box}>
          <select {...select} {...wiring} className={styles.select}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown className={styles.chevron} size={20} aria-hidden="true" />
        </div>
      )}
    </Field>
  );
}
