import { useRef } from 'react';
import { useWords } from '../../intl/words.tsx';
import styles from './record-button.module.css';
import type { RecorderState } from './use-recorder.ts';

/** Longer than this is holding, not tapping: letting go ends the segment. */
const holdMs = 400;

/** Tap to begin and tap to end, or hold as long as the segment shall be and draw up to zoom. Keys are taps. */
export function RecordButton({
  state,
  ready,
  onPress,
  onEnd,
  onDragBegin,
  onDrag,
}: {
  state: RecorderState;
  ready: boolean;
  onPress: () => void;
  onEnd: () => void;
  onDragBegin: () => void;
  /** How far the finger that holds it is above where it came down. */
  onDrag: (pixels: number) => void;
}) {
  const { say } = useWords();
  const pressedAt = useRef<number | null>(null);
  const handled = useRef(false);
  const heldFrom = useRef<number | null>(null);
  const idle = !ready || state === 'keeping';
  const begun = state === 'recording' || state === 'counting';
  return (
    <button
      type="button"
      className={styles.record}
      data-state={state}
      // Not `disabled`: the focus stays here between one segment and the next.
      aria-disabled={idle || undefined}
      aria-label={say(begun ? 'studio.record.stop' : 'studio.record.start')}
      onPointerDown={(event) => {
        if (event.button !== 0 || idle) return;
        pressedAt.current = begun ? null : event.timeStamp;
        handled.current = true;
        heldFrom.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
        onDragBegin();
        onPress();
      }}
      onPointerMove={(event) => {
        if (heldFrom.current !== null) onDrag(heldFrom.current - event.clientY);
      }}
      onPointerCancel={() => {
        heldFrom.current = null;
      }}
      onPointerUp={(event) => {
        if (pressedAt.current !== null && event.timeStamp - pressedAt.current > holdMs) onEnd();
        pressedAt.current = null;
        heldFrom.current = null;
      }}
      onClick={() => {
        if (!handled.current && !idle) onPress();
        handled.current = false;
      }}
    >
      <span aria-hidden="true" />
    </button>
  );
}
