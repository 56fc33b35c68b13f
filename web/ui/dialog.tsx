import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../intl/words.tsx';
import { Button, IconButton } from './button.tsx';
import { classes } from './classes.ts';
import styles from './dialog.module.css';
import { useWayBack } from './way-back.ts';

/**
 * A window over the page; on phones a sheet from below. The browser's own modal dialog: it keeps the focus inside,
 * makes the rest inert, closes on Escape and by the system's way back, and gives the focus back. `onClose` is called for
 * every way of leaving; mount it to open it.
 */
export function Dialog({
  title,
  children,
  actions,
  onClose,
  wide,
  beside,
  low,
  keepOpen,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  onClose: () => void;
  wide?: boolean;
  /** At the side of a wide screen, so that what it is about stays to be seen. */
  beside?: boolean;
  /** On a phone always the lower part of the screen, for the same reason. */
  low?: boolean;
  /** While something is being done that must not be left in the middle. */
  keepOpen?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const name = useRef<HTMLHeadingElement>(null);
  const { say } = useWords();
  const leave = () => {
    if (!keepOpen) onClose();
  };
  useWayBack(true, leave);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return undefined;
    const before = document.activeElement;
    element.showModal();
    // React's autoFocus comes before the window is open and does nothing then.
    element.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => {
      element.close();
      // The browser gives the focus back only if the dialog closes while it is still in the page.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // What had the focus has gone with its press; the browser would leave it outside.
  useEffect(() => {
    if (dialog.current?.open && document.activeElement === document.body) name.current?.focus();
  });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press on the backdrop is an extra; Escape and the button do the same
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      className={classes(styles.dialog, wide && styles.wide, beside && styles.beside, low && styles.low)}
      onCancel={(event) => {
        // Of a window within this one, or of a choice of files.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        leave();
      }}
      // A second Escape closes it whatever is said to the first.
      onClose={({ currentTarget }) => {
        if (currentTarget.open) return;
        if (keepOpen) currentTarget.showModal();
        else onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) leave();
      }}
    >
      <div className={styles.sheet}>
        <header className={styles.head}>
          <h2 ref={name} id={heading} className={styles.title} tabIndex={-1}>
            {title}
          </h2>
          {!keepOpen && (
            <IconButton label={say('ui.close')} icon={<X size={22} aria-hidden="true" />} onClick={onClose} />
          )}
        </header>
        <div className={styles.body}>{children}</div>
        {actions && <footer className={styles.actions}>{actions}</footer>}
      </div>
    </dialog>
  );
}

/** One question before something that cannot be undone. The focus starts on the harmless answer. */
export function Confirm({
  title,
  children,
  yes,
  no,
  danger,
  busy,
  error,
  onYes,
  onNo,
}: {
  title: string;
  children: ReactNode;
  yes: string;
  no: string;
  danger?: boolean;
  busy?: boolean;
  error?: string | null;
  onYes: () => void;
  onNo: () => void;
}) {
  return (
    <Dialog
      title={title}
      onClose={onNo}
      keepOpen={busy}
      actions={
        <>
          <Button onClick={onNo} data-first-focus disabled={busy}>
            {no}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onYes}>
            {yes}
          </Button>
        </>
      }
    >
      <div className={styles.prose}>{children}</div>
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </Dialog>
  );
}
