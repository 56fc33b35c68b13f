import { type ReactNode, useId, useRef, useState } from 'react';
import { classes } from './classes.ts';
import styles from './dropzone.module.css';

/** Nothing is dragged with a finger alone. */
export const canDrop = () => matchMedia('(any-pointer: fine)').matches;

/** A place to drop a file or to choose one. The whole face is the button; the browser's own picker opens. */
export function Dropzone({
  label,
  hint,
  accept,
  icon,
  onFile,
}: {
  label: string;
  hint: ReactNode;
  accept: string;
  icon?: ReactNode;
  onFile: (file: File) => void;
}) {
  const [over, setOver] = useState(false);
  const depth = useRef(0); // Entering a child leaves the parent; only the sum tells whether the file is still here.
  const id = useId();
  return (
    <label
      className={classes(styles.zone, over && styles.over)}
      onDragEnter={(event) => {
        event.preventDefault();
        depth.current++;
        setOver(true);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDragLeave={() => {
        depth.current--;
        if (depth.current === 0) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onFile(file);
      }}
    >
      <input
        type="file"
        accept={accept}
        className={styles.input}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      {icon && <span className={styles.icon}>{icon}</span>}
      <span className={styles.label}>{label}</span>
      <span id={`${id}-hint`} className={styles.hint}>
        {hint}
      </span>
    </label>
  );
}
