import { CircleCheck, Lightbulb, TriangleAlert } from 'lucide-react';
import { useWords } from '../../intl/words.tsx';
import styles from './checks.module.css';
import { checksBefore, type SoundFault } from './checks.rules.ts';
import type { CurrentUpload } from './current-upload.ts';

/** What would be refused, what reaches fewer people, what people may like less: each with what to do about it. */
export function Checks({
  current,
  captionMost,
  sound,
}: {
  current: CurrentUpload;
  captionMost: number;
  sound: SoundFault | null;
}) {
  const { say } = useWords();
  const checks = checksBefore(current, captionMost, Date.now(), sound);
  const known = current.upload?.state === 'ready';
  if (checks.length === 0 && !known) return null;
  return (
    <section className={styles.checks} aria-labelledby="checks-title">
      <h2 id="checks-title" className={styles.title}>
        {say('publish.checks.title')}
      </h2>
      <div role="status">
        <ul className={styles.list}>
          {checks.length === 0 && (
            <li className={styles.check} data-level="good">
              <CircleCheck size={20} aria-hidden="true" />
              <span>{say('publish.checks.good')}</span>
            </li>
          )}
          {checks.map(({ code, level }) => (
            <li key={code} className={styles.check} data-level={level}>
              {level === 'blocking' ? (
                <TriangleAlert size={20} aria-hidden="true" />
              ) : (
                <Lightbulb size={20} aria-hidden="true" />
              )}
              <span>
                <span className="visually-hidden">{say(`publish.checks.level.${level}`)} </span>
                <strong>{say(`publish.check.${code}.what`)}</strong> {say(`publish.check.${code}.do`)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
