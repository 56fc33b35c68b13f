import { CircleCheck, Ear, Lightbulb, TriangleAlert } from 'lucide-react';
import { useWords } from '../../intl/words.tsx';
import { useSoundName } from '../sounds/sound-deeds.tsx';
import styles from './checks.module.css';
import { checksBefore } from './checks.rules.ts';
import type { CurrentUpload } from './current-upload.ts';
import type { SoundAtHand } from './sound-at-hand.ts';

/** What would be refused, what reaches fewer people, what people may like less: each with what to do about it. */
export function Checks({
  current,
  captionMost,
  at,
}: {
  current: CurrentUpload;
  captionMost: number;
  at: SoundAtHand;
}) {
  const { say } = useWords();
  const nameOf = useSoundName();
  const { draft } = current;
  const inFile = !draft.soundId && !draft.replaceSound ? at.known : null;
  const checks = checksBefore(current, captionMost, Date.now(), at.fault, inFile);
  const sound = inFile ? nameOf(inFile) : '';
  const owner = inFile?.title && inFile.ownerHandle ? `@${inFile.ownerHandle}` : 'none';
  const read = current.upload?.state === 'ready';
  if (checks.length === 0 && !read) return null;
  return (
    <section className={styles.checks} aria-labelledby="checks-title">
      <h2 id="checks-title" className={styles.title}>
        {say('publish.checks.title')}
      </h2>
      <div role="status">
        <ul className={styles.list}>
          {checks.length === 0 && !at.listening && (
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
                <strong>{say(`publish.check.${code}.what`, { sound, owner })}</strong>{' '}
                {say(`publish.check.${code}.do`)}
              </span>
            </li>
          ))}
          {at.listening && (
            <li className={styles.check}>
              <Ear size={20} aria-hidden="true" />
              <span>{say('publish.checks.listening')}</span>
            </li>
          )}
        </ul>
      </div>
    </section>
  );
}
