import { Download } from 'lucide-react';
import { useWords } from '../../intl/words.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import styles from './insights.module.css';

export type Days = '7' | '28' | '90';
const spans = ['7', '28', '90'] as const;

/** Which days are shown, and the same days as a table to take along. */
export function Range({
  days,
  table,
  onChange,
}: {
  days: Days;
  table: string;
  onChange: (days: Days) => void;
}) {
  const { say } = useWords();
  return (
    <div className={styles.range}>
      <RadioGroup
        label={say('insights.range')}
        hideLabel
        row
        value={days}
        options={spans.map((value) => ({ value, label: say('insights.days', { count: Number(value) }) }))}
        onChange={onChange}
      />
      <a className={buttonClass({ look: 'quiet' })} href={`${table}?days=${days}`} download>
        <Download size={18} aria-hidden="true" />
        <span>{say('insights.export')}</span>
      </a>
    </div>
  );
}
