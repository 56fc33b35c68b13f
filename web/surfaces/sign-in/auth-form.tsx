import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './auth.module.css';

/**
 * A small form with one deed: its fields, one button, and at the top what went wrong, which takes the focus.
 * Nothing is sent twice; what was typed stays.
 */
export function AuthForm({
  button,
  busyLabel,
  children,
  after,
  ready = true,
  danger,
  onSubmit,
}: {
  button: string;
  busyLabel: string;
  children: ReactNode;
  after?: ReactNode;
  ready?: boolean;
  /** What it does cannot be undone. */
  danger?: boolean;
  onSubmit: () => Promise<void>;
}) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    setFailure(null);
    try {
      await onSubmit();
    } catch (error) {
      setFailure({ error });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      {failure && (
        <Notice kind="wrong" ref={summary}>
          {problemSentence(words, failure.error)}
        </Notice>
      )}
      {children}
      <Button type="submit" look={danger ? 'danger' : 'primary'} wide busy={busy}>
        {busy ? busyLabel : button}
      </Button>
      {after}
    </form>
  );
}
