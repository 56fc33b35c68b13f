import type { EditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Switch } from '../../ui/choice.tsx';
import { templateOf } from './together.rules.ts';
import styles from './tool.module.css';

/** Whether others may fill this list with their own takes, and what they would get. */
export function TemplateTool({
  list,
  checked,
  onChange,
}: {
  list: EditList;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const template = templateOf(list);
  const dropped = list.sounds.length - template.sounds.length;
  return (
    <>
      <Switch
        label={say('studio.template.switch')}
        hint={say('studio.template.hint')}
        checked={checked}
        onChange={onChange}
      />
      {checked && (
        <>
          <ol className={styles.hint} aria-label={say('studio.slots')}>
            {template.clips.map((clip, index) => (
              <li key={clip.id}>
                {say('studio.slot', {
                  number: index + 1,
                  duration: figures.tenths(template.sources[clip.source]!.durationMs),
                })}
              </li>
            ))}
          </ol>
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
