import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../intl/words.tsx';
import { Button } from './button.tsx';
import styles from './state.module.css';

/** Nothing here yet: says what will be here and how it gets here. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <section className={styles.state}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </section>
  );
}

/** Something failed: what happened, what is kept, what to do. Read out at once. */
export function ErrorState({
  title,
  children,
  onRetry,
  action,
}: {
  title: string;
  children?: ReactNode;
  onRetry?: () => void;
  action?: ReactNode;
}) {
  const { say } = useWords();
  return (
    <section className={styles.state} role="alert">
      <div className={styles.icon}>
        <TriangleAlert size={34} aria-hidden="true" />
      </div>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      <div className={styles.action}>
        {onRetry && (
          <Button look="primary" onClick={onRetry}>
            {say('ui.tryAgain')}
          </Button>
        )}
        {action}
      </div>
    </section>
  );
}
