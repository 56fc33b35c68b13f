import { useQuery } from '@tanstack/react-query';
import type { Tunable } from '../../../contract/desk.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './desk.module.css';

/** Who set it when, from what to what. */
export function TunableHistory({ tunable, onClose }: { tunable: Tunable; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const past = useQuery({
    queryKey: ['tunable-changes', tunable.name],
    queryFn: () => api.tunableChanges(tunable.name),
  });
  return (
    <Dialog title={say('desk.tunables.historyNamed', { name: tunable.name })} onClose={onClose}>
      {past.isPending && <Skeleton width="100%" height="5rem" />}
      {past.isError && <Notice kind="wrong">{problemSentence(words, past.error)}</Notice>}
      {past.data && (
        <ol className={styles.history}>
          {past.data.changes.map((change) => (
            <li key={change.at}>
              <bdi className={styles.step} dir="ltr">
                {figures.decimal(change.from)} → {figures.decimal(change.to)}
              </bdi>
              <span className={styles.range}>
                {say('desk.tunables.changedBy', {
                  who: change.by ? `@${change.by}` : say('desk.somebodyGone'),
                  when: figures.moment(change.at),
                })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
