import type { EditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import type { TemplateWish } from '../../studio/takes/kept.ts';
import { Switch } from '../../ui/choice.tsx';
import { templateOf } from './together.rules.ts';
import styles from './tool.module.css';

/** Whether others may fill this list with their own takes, which of its clips, and what they would get. */
export function TemplateTool({
  list,
  wish: { wanted, without },
  onChange,
}: {
  list: EditList;
  wish: TemplateWish;
  onChange: (part: Partial<TemplateWish>) => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const template = templateOf(list, without);
  const dropped = list.sounds.length - template.sounds.length;
  const left = list.clips.filter(({ id }) => !without.includes(id)).map(({ id }) => id);
  return (
    <>
      <Switch
        label={say('studio.template.switch')}
        hint={say('studio.template.hint')}
        checked={wanted}
        onChange={(now) => onChange({ wanted: now })}
      />
      {wanted && (
        <>
          <ol className={styles.stack} aria-label={say('studio.slots')}>
            {list.clips.map(({ id, fromMs, toMs }, index) => (
              <li key={id}>
                <Switch
                  label={say('studio.slot', {
                    number: index + 1,
                    duration: figures.tenths(toMs - fromMs),
                  })}
                  checked={left.includes(id)}
                  // One at least is to be filled.
                  disabled={left.length === 1 && left[0] === id}
                  onChange={(fills) =>
                    onChange({ without: fills ? without.filter((one) => one !== id) : [...without, id] })
                  }
                />
              </li>
            ))}
          </ol>
          <p className={styles.hint}>{say('studio.template.which')}</p>
          <p className={styles.hint}>
            {say('studio.template.stays', {
              texts: template.texts.length + template.stickers.length,
              effects: template.effects.length,
              sounds: template.sounds.length,
            })}
          </p>
          {dropped > 0 && <p className={styles.hint}>{say('studio.template.dropped', { count: dropped })}</p>}
        </>
      )}
    </>
  );
}
