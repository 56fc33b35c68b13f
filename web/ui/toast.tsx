import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useWords } from '../intl/words.tsx';
import { IconButton } from './button.tsx';
import styles from './toast.module.css';

/**
 * Short news at the edge of the screen, read out politely. Say only what the screen does not show anyway; what must
 * not be missed belongs in the page. `toast('…')` from anywhere, `<Toasts />` once. A toast may carry one deed, such
 * as taking back what was just done; it waits while it has the pointer or the focus.
 */
type Deed = { label: string; onPress: () => void };
type Toast = { id: number; text: string; action?: Deed; onGone?: () => void };

const staysMs = 5000; // WCAG 2.2.1: nothing in a toast is needed to go on, so it may leave by itself.
let toasts: readonly Toast[] = [];
let counter = 0;
const timers = new Map<number, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function put(next: readonly Toast[]) {
  const gone = toasts.filter((shown) => !next.includes(shown));
  toasts = next;
  for (const listener of listeners) listener();
  for (const { id, onGone } of gone) {
    hold(id);
    onGone?.();
  }
}

/** `onGone` is called when it has left, however it did. */
export function toast(text: string, action?: Deed, onGone?: () => void): void {
  const shown = { id: ++counter, text, action, onGone };
  put([...toasts.filter((other) => other.text !== text).slice(-2), shown]);
  letGo(shown);
}

/** Does what the newest toast offers; false when none offers anything. */
export function pressNewestToast(): boolean {
  const newest = toasts.findLast((shown) => shown.action);
  if (newest) press(newest);
  return newest !== undefined;
}

function press({ id, action }: Toast): void {
  action?.onPress();
  dismiss(id);
}

function dismiss(id: number) {
  put(toasts.filter((shown) => shown.id !== id));
}

function hold(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

function letGo({ id, action }: Toast): void {
  hold(id);
  timers.set(
    id,
    setTimeout(() => dismiss(id), action ? staysMs * 2 : staysMs),
  );
}

if (typeof document !== 'undefined') {
  // The page may not come back: what waited for a second thought waits no longer. Before all who listen for the same.
  const leave = () => document.visibilityState === 'hidden' && put([]);
  document.addEventListener('visibilitychange', leave, { capture: true });
  addEventListener('pagehide', () => put([]), { capture: true });
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
        // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody looks at it
        <div
          key={item.id}
          className={styles.toast}
          onPointerEnter={() => hold(item.id)}
          onPointerLeave={() => letGo(item)}
          onFocus={() => hold(item.id)}
          onBlur={() => letGo(item)}
        >
          <span>{item.text}</span>
          {item.action && (
            <button type="button" className={styles.action} onClick={() => press(item)}>
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
