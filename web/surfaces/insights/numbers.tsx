import { ArrowDownRight, ArrowUpRight, Equal } from 'lucide-react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import styles from './insights.module.css';

export type Figure = {
  name: string;
  value: string;
  hint?: string;
  /** As a share of what it is compared with; null where there is nothing to compare. */
  change?: number | null;
  /** What it is compared with, in words. */
  against?: string;
};

/** A few numbers, each with what it is compared with. */
export function Numbers({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className={styles.numbers}>
      {figures.map((figure) => (
        <div key={figure.name} className={styles.number}>
          <dt>{figure.name}</dt>
          <dd>
            <span className={styles.value}>{figure.value}</span>
            {figure.change !== undefined && figure.change !== null && figure.against && (
              <Change share={figure.change} against={figure.against} />
            )}
            {figure.hint && <span className={styles.hint}>{figure.hint}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Change({ share, against }: { share: number; against: string }) {
  const { say } = useWords();
  const figures = useFigures();
  const Icon = share > 0 ? ArrowUpRight : share < 0 ? ArrowDownRight : Equal;
  return (
    <span className={styles.change} data-way={share > 0 ? 'up' : share < 0 ? 'down' : 'same'}>
      <Icon size={16} aria-hidden="true" />
      <span>{say('insights.against', { change: figures.change(share), against })}</span>
    </span>
  );
}

/** By how much one is more than the other; null where that says nothing, as tenfold of hardly anything. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 || now > before * 10 ? null : now / before - 1;
}
