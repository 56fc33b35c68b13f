import { Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { EditSticker } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import type { Sticker } from '../../studio/stickers/sticker.ts';
import { stickers } from '../../studio/stickers/stickers.ts';
import { newId } from '../../studio/takes/takes.ts';
import { Button } from '../../ui/button.tsx';
import { Group } from './group.tsx';
import { make } from './project.ts';
import { Slider } from './slider.tsx';
import { Span } from './span.tsx';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';

const newForMs = 3000;

/** A drawing over the picture: which, when, how large, how turned. Its place is on the picture. */
export function StickerTool({ list, atMs, chosen, onChoose }: ToolProps) {
  const { say } = useWords();
  const figures = useFigures();
  const sticker = list.stickers.find((one) => one.id === chosen);
  if (!sticker)
    return (
      <Group className={styles.gallery} label={say('studio.tool.sticker')}>
        {stickers.map((one) => (
          <button
            key={one.name}
            type="button"
            className={styles.sample}
            onClick={() => {
              const id = newId();
              const added: EditSticker = {
                id,
                atMs: Math.round(atMs),
                forMs: newForMs,
                sticker: one.name,
                x: 0.5,
                y: 0.5,
                size: 0.3,
                turnDeg: 0,
                pin: null,
              };
              if (make({ kind: 'put', part: 'stickers', thing: added })) onChoose(id, 'sticker');
            }}
          >
            <Drawn sticker={one} />
            <span>{say(`studio.sticker.${one.name}`)}</span>
          </button>
        ))}
      </Group>
    );
  const put = (part: Partial<EditSticker>, joined?: string) =>
    make({ kind: 'put', part: 'stickers', thing: { ...sticker, ...part } }, joined);
  return (
    <>
      <Slider
        label={say('studio.size')}
        value={sticker.size}
        text={figures.percent(sticker.size)}
        min={0.05}
        max={1}
        step={0.01}
        onChange={(size, joined) => put({ size }, joined)}
      />
      <Slider
        label={say('studio.turn')}
        value={sticker.turnDeg}
        text={say('studio.degrees', { degrees: sticker.turnDeg })}
        min={-180}
        max={180}
        step={1}
        onChange={(turnDeg, joined) => put({ turnDeg }, joined)}
      />
      <Span list={list} thing={sticker} onChange={put} />
      <div className={styles.row}>
        <Button
          small
          icon={<Trash2 size={18} aria-hidden="true" />}
          onClick={() => {
            make({ kind: 'remove', id: sticker.id });
            onChoose(null, 'sticker');
          }}
        >
          {say('studio.remove')}
        </Button>
        <Button small look="plain" onClick={() => onChoose(null, 'sticker')}>
          {say('studio.done')}
        </Button>
      </div>
    </>
  );
}

function Drawn({ sticker }: { sticker: Sticker }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, 120, 120);
    context.save();
    context.scale(1.2, 1.2);
    sticker.draw(context, 0.6);
    context.restore();
  }, [sticker]);
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} width={120} height={120} />
    </span>
  );
}
