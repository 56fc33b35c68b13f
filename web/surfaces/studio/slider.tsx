import { type ReactNode, useId, useRef } from 'react';
import { snap } from '../../../contract/edit-list.timeline.ts';
import styles from './slider.module.css';

/** How near a drag catches, as a share of the whole. */
const near = 0.02;

/** A value between two ends. One drag, or one stay of the focus, is one gesture: `joined` is its name for undo. */
export function Slider({
  label,
  value,
  text,
  min,
  max,
  step,
  catches = [],
  onChange,
}: {
  label: ReactNode;
  value: number;
  /** The value as people read it. */
  text: string;
  min: number;
  max: number;
  step: number;
  /** Values that a drag stays at; arrow keys go where they go. */
  catches?: readonly number[];
  onChange: (value: number, joined: string) => void;
}) {
  const id = useId();
  const gesture = useRef(0);
  const dragged = useRef(false);
  const begin = () => {
    gesture.current++;
  };
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id} dir="auto">
        {text}
      </output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onPointerDown={() => {
          begin();
          dragged.current = true;
        }}
        onKeyDown={() => {
          dragged.current = false;
        }}
        onFocus={begin}
        onChange={({ target: { valueAsNumber: wished } }) => {
          const caught = dragged.current ? snap(wished, catches, (max - min) * near) : wished;
          onChange(caught, `${id}-${gesture.current}`);
        }}
      />
    </div>
  );
}
