import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { looks } from '../../studio/looks/looks.ts';
import { Group } from './group.tsx';
import { make } from './project.ts';
import { Slider } from './slider.tsx';
import { Swatch } from './swatch.tsx';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';

/** The colours of the whole video, or of one clip when one is chosen. */
export function LookTool({ list, chosen }: ToolProps) {
  const { say } = useWords();
  const figures = useFigures();
  const clip = list.clips.find((one) => one.id === chosen);
  const look = clip ? clip.look : list.look;
  const set = (next: typeof look, joined?: string) =>
    clip
      ? make({ kind: 'setClip', id: clip.id, set: { look: next } }, joined)
      : make({ kind: 'setLook', look: next }, joined);
  return (
    <>
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
        {looks.map((one) => (
          <Swatch
            key={one.name}
            label={say(`studio.look.${one.name}`)}
            pressed={look?.name === one.name}
            grade={one.grade}
            onPress={() => set({ name: one.name, strength: look?.strength ?? 1 })}
          />
        ))}
      </Group>
    </>
  );
}
