import { at, clipMs } from '../../../contract/edit-list.timeline.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { looks } from '../../studio/looks/looks.ts';
import { Group } from './group.tsx';
import { make } from './project.ts';
import { Shelves } from './shelves.tsx';
import { Slider } from './slider.tsx';
import { Swatch } from './swatch.tsx';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';

const whole = 'whole';

/** The colours of the whole video, or of one clip: the one that is chosen, else the one that is seen. */
export function LookTool({ list, atMs, chosen, onChoose }: ToolProps) {
  const { say } = useWords();
  const figures = useFigures();
  const clip = list.clips.find((one) => one.id === chosen);
  const look = clip ? clip.look : list.look;
  const set = (next: typeof look, joined?: string) =>
    clip
      ? make({ kind: 'setClip', id: clip.id, set: { look: next } }, joined)
      : make({ kind: 'setLook', look: next }, joined);
  const one = clip ?? at(list, atMs)?.main?.clip;
  return (
    <>
      {one && list.clips.length > 1 && (
        <Shelves
          label={say('studio.look.where')}
          value={clip ? one.id : whole}
          options={[
            { value: whole, label: say('studio.look.whole') },
            {
              value: one.id,
              label: say('studio.clip.label', {
                number: list.clips.indexOf(one) + 1,
                duration: figures.tenths(clipMs(one)),
              }),
            },
          ]}
          onChange={(value) => onChoose(value === whole ? null : value, 'look')}
        />
      )}
      {look && (
        <Slider
          label={say('studio.strength')}
          value={look.strength}
          text={figures.percent(look.strength)}
          min={0}
          max={1}
          step={0.01}
          onChange={(strength, joined) => set({ ...look, strength }, joined)}
        />
      )}
      <Group className={styles.gallery} label={say('studio.tool.look')}>
        <Swatch label={say('studio.look.none')} pressed={look === null} onPress={() => set(null)} />
        {looks.map(({ name, grade }) => (
          <Swatch
            key={name}
            label={say(`studio.look.${name}`)}
            pressed={look?.name === name}
            grade={grade}
            onPress={() => set({ name, strength: look?.strength ?? 1 })}
          />
        ))}
      </Group>
    </>
  );
}
