import { type ReactNode, useId, useRef } from 'react';
import styles from './slider.module.css';

/** A value between two ends. One drag, or one stay of the focus, is one gesture: `joined` is its name for undo. */
export function Slider({
  label,
  value,
  text,
  min,
  max,
  step,
  onChange,
}: {
  label: ReactNode;
  value: number;
  /** The value as people read it. */
  text: string;
  min: number;
  max: number;
  step: number;
  onChange: (value: number, joined: string) => void;
}) {
  const id = useId();
  const gesture = useRef(0);
  const begin = () => {
    gesture.current++;
  };
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id}>{text}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onPointerDown={begin}
        onFocus={begin}
        onChange={(event) => onChange(event.target.valueAsNumber, `${id}-${gesture.current}`)}
      />
    </div>
  );
}
