import type { Allowed } from '../../../contract/credits.ts';
import { useWords } from '../../intl/words.tsx';
import { Switch } from '../../ui/choice.tsx';
import styles from './allow.module.css';

const deeds = ['duet', 'stitch', 'template', 'download'] as const;

/** What others may make with a video, or with all of them. */
export function Allow({
  allowed,
  template,
  legend,
  note,
  disabled,
  boxed,
  onChange,
}: {
  allowed: Allowed;
  /** Whether there is a template to use. */
  template: boolean;
  /** Left out where a heading says it already. */
  legend?: string;
  note?: string;
  disabled?: boolean;
  /** On the bare page, where nothing else holds the switches together. */
  boxed?: boolean;
  onChange: (allowed: Allowed) => void;
}) {
  const { say } = useWords();
  return (
    <fieldset className={styles.allow} disabled={disabled}>
      <legend className={legend ? styles.legend : 'visually-hidden'}>{legend ?? say('allow.title')}</legend>
      {note && <p className={styles.note}>{note}</p>}
      <div className={boxed ? styles.box : undefined}>
        {deeds
          .filter((deed) => template || deed !== 'template')
          .map((deed) => (
            <Switch
              key={deed}
              label={say(`allow.${deed}`)}
              hint={say(`allow.${deed}Hint`)}
              checked={allowed[deed]}
              disabled={disabled}
              onChange={(on) => onChange({ ...allowed, [deed]: on })}
            />
          ))}
      </div>
    </fieldset>
  );
}
