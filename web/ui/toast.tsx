import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useWords } from '../intl/words.tsx';
import { IconButton } from './button.tsx';
import styles from './toast.module.css';

/**
 * Short news at the edge of the screen, read out politely. Say only what the screen does not show anyway; what must
 * not be missed belongs in the page. `toast('…')` from anywhere, `<Toasts />` once.
 */
type Toast = { id: number; text: string; action?: { label: string; onPress: () => void } };

const staysMs = 5000; // WCAG 2.2.1: nothing in a toast is needed to go on, so it may leave by itself.
let toasts: readonly Toast[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function put(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

export function toast(text: string, action?: Toast['action']): void {
  const id = ++counter;
  put([...toasts.filter((shown) => shown.text !== text).slice(-2), { id, text, action }]);
  setTimeout(() => dismiss(id), action ? staysMs * 2 : staysMs);
}

function dismiss(id: number) {
  put(toasts.filter((shown) => shown.id !== id));
}

export function Toasts() {
  const { say } = useWords();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => toasts,
    () => toasts,
  );
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {shown.map((item) => (
        <div key={item.id} className={styles.toast}>
          <span>{item.text}</span>
          {item.action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                item.action?.onPress();
                dismiss(item.id);
              }}
            >
              {item.action.label}
            </button>
          )}
          <IconButton
            label={say('ui.dismiss')}
            icon={<X size={18} aria-hidden="true" />}
            onClick={() => dismiss(item.id)}
          />
        </div>
      ))}
    </div>
  );
}
