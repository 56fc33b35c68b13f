import { useId } from 'react';
import styles from './scale.module.css';

/** One of a few steps on a line, from least to most. Radio buttons, so that every step is one press and has a name. */
export function Scale<Value extends number>({
  label,
  value,
  steps,
  onChange,
}: {
  label: string;
  value: Value;
  steps: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.scale}>
      <legend className="visually-hidden">{label}</legend>
      {steps.map((step) => (
        <label key={step.value} className={styles.step}>
          <input
            type="radio"
            name={name}
            value={step.value}
            checked={step.value === value}
            onChange={() => onChange(step.value)}
          />
          <span>{step.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
