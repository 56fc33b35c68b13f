import { useEffect, useState } from 'react';
import { useWords } from '../intl/words.tsx';
import styles from './shell.module.css';

/** A surface on its way. Under 300 ms nobody needs to be told. */
export function PageWait() {
  const { say } = useWords();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={styles.wait} role="status">
      {long && (
        <>
          <span className={styles.spinner} aria-hidden="true" />
          <span className="visually-hidden">{say('shell.loading')}</span>
        </>
      )}
    </p>
  );
}
