import { Trash2 } from 'lucide-react';
import type { EditEffect } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { newId } from '../../studio/takes/takes.ts';
import { Button } from '../../ui/button.tsx';
import { EffectGallery } from './effect-gallery.tsx';
import { make } from './project.ts';
import { Slider } from './slider.tsx';
import { Span } from './span.tsx';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';

const newForMs = 2000;

/** Something that happens to the picture for a while. */
export function EffectTool({ list, atMs, chosen, onChoose }: ToolProps) {
  const { say } = useWords();
  const figures = useFigures();
  const effect = list.effects.find((one) => one.id === chosen);
  if (!effect)
    return (
      <EffectGallery
        onPick={(name) => {
          const id = newId();
          const added: EditEffect = {
            id,
            atMs: Math.round(atMs),
            forMs: newForMs,
            effect: name,
            strength: 0.7,
          };
          if (make({ kind: 'put', part: 'effects', thing: added })) onChoose(id, 'effect');
        }}
      />
    );
  const put = (part: Partial<EditEffect>, joined?: string) =>
    make({ kind: 'put', part: 'effects', thing: { ...effect, ...part } }, joined);
  return (
    <>
      <Slider
        label={say('studio.strength')}
        value={effect.strength}
        text={figures.percent(effect.strength)}
        min={0}
        max={1}
        step={0.01}
        onChange={(strength, joined) => put({ strength }, joined)}
      />
      <Span list={list} thing={effect} onChange={put} />
      <div className={styles.row}>
        <Button
          small
          icon={<Trash2 size={18} aria-hidden="true" />}
          onClick={() => {
            make({ kind: 'remove', id: effect.id });
            onChoose(null, 'effect');
          }}
        >
          {say('studio.remove')}
        </Button>
        <Button small look="plain" onClick={() => onChoose(null, 'effect')}>
          {say('studio.done')}
        </Button>
      </div>
    </>
  );
}
