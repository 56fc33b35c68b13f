import { useId } from 'react';
import styles from './gallery.module.css';

/** Which part of a gallery is seen: one line, pushed aside where it is longer than the screen. */
export function Shelves({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.shelves}>
      <legend className="visually-hidden">{label}</legend>
      <div className={styles.line}>
        {options.map((option) => (
          <label key={option.value} className={styles.shelf}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
