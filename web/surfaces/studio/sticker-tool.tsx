import { Trash2 } from 'lucide-react';
import type { EditSticker } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { newId } from '../../studio/takes/takes.ts';
import { Button } from '../../ui/button.tsx';
import { PinTool } from './pin-tool.tsx';
import { freeHeight } from './place.rules.ts';
import { make } from './project.ts';
import { Slider } from './slider.tsx';
import { Span } from './span.tsx';
import { StickerGallery } from './sticker-gallery.tsx';
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
      <StickerGallery
        onPick={(key) => {
          const id = newId();
          const added: EditSticker = {
            id,
            atMs: Math.round(atMs),
            forMs: newForMs,
            sticker: key,
            x: 0.5,
            y: freeHeight([...list.texts, ...list.stickers], atMs, 0.5),
            size: 0.3,
            turnDeg: 0,
            pin: null,
          };
          if (make({ kind: 'put', part: 'stickers', thing: added })) onChoose(id, 'sticker');
        }}
      />
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
      <PinTool key={sticker.id} list={list} sticker={sticker} onChange={put} />
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
