import { Camera, FilePlus2 } from 'lucide-react';
import type { EditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { IconButton } from '../../ui/button.tsx';
import { type Brought, fillWithFile } from './project.ts';
import styles from './slots.module.css';
import { slotsOf } from './together.rules.ts';

/** The empty places of a template, by number: each is filmed, as long as it is, or filled with a file. */
export function Slots({
  list,
  onFilm,
  onResult,
}: {
  list: EditList;
  onFilm: (id: string) => void;
  onResult: (result: Brought | null) => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  return (
    <section className={styles.slots} aria-label={say('studio.slots')}>
      <p className={styles.hint}>{say('studio.slots.hint')}</p>
      <ol>
        {slotsOf(list).map(({ id, slot }, index) => {
          const values = { number: index + 1, duration: figures.tenths(slot.durationMs) };
          return (
            <li key={id} className={styles.slot}>
              <span>{say('studio.slot', values)}</span>
              <IconButton
                label={say('studio.slot.film', values)}
                icon={<Camera size={20} aria-hidden="true" />}
                onClick={() => onFilm(id)}
              />
              <label className={styles.file}>
                <FilePlus2 size={20} aria-hidden="true" />
                <span className="visually-hidden">{say('studio.slot.file', values)}</span>
                <input
                  type="file"
                  accept="video/*"
                  className="visually-hidden"
                  onChange={(event) => {
                    const file = event.target.files?.[0];
                    event.target.value = '';
                    onResult(null);
                    if (file) void fillWithFile(id, file).then(onResult);
                  }}
                />
              </label>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
