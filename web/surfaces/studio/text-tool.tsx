import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { type EditText, editLimits, textStyles } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { newId } from '../../studio/takes/takes.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Group } from './group.tsx';
import { freeHeight } from './place.rules.ts';
import { make } from './project.ts';
import { Slider } from './slider.tsx';
import { Span } from './span.tsx';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';

/** How long something new is seen. */
const newForMs = 3000;
const colours = ['#f7f5f2', '#0a0a0c', '#ffb224', '#ff5247', '#6fcf8e', '#5aa9ff'] as const;

/** A text over the picture: its words, when, how large, in which style and colour. Its place is on the picture. */
export function TextTool({ list, atMs, chosen, onChoose }: ToolProps) {
  const { say } = useWords();
  const figures = useFigures();
  const text = list.texts.find((one) => one.id === chosen);
  const words = useRef<HTMLInputElement>(null);
  const added = useRef<string | null>(null);
  // What was added is to be written now.
  useEffect(() => {
    if (chosen && chosen === added.current) words.current?.select();
    added.current = null;
  }, [chosen]);
  if (!text)
    return (
      <div className={styles.row}>
        <Button
          look="primary"
          icon={<Plus size={18} aria-hidden="true" />}
          onClick={() => {
            const id = newId();
            const fresh: EditText = {
              id,
              atMs: Math.round(atMs),
              forMs: newForMs,
              text: say('studio.text.first'),
              x: 0.5,
              // Above the middle, clear of the caption and of the buttons of the feed.
              y: freeHeight([...list.texts, ...list.stickers], atMs, 0.28),
              size: 0.09,
              turnDeg: 0,
              style: 'plain',
              colour: colours[0],
              align: 'center',
            };
            added.current = id;
            if (make({ kind: 'put', part: 'texts', thing: fresh })) onChoose(id, 'text');
          }}
        >
          {say('studio.text.add')}
        </Button>
        <p className={styles.hint}>{say('studio.text.hint')}</p>
      </div>
    );
  const put = (part: Partial<EditText>, joined?: string) =>
    make({ kind: 'put', part: 'texts', thing: { ...text, ...part } }, joined);
  return (
    <>
      <TextField
        ref={words}
        label={say('studio.text.words')}
        value={text.text}
        maxLength={editLimits.textLength}
        dir="auto"
        onChange={(event) => event.target.value && put({ text: event.target.value }, `words-${text.id}`)}
      />
      <RadioGroup
        row
        label={say('studio.text.style')}
        value={text.style}
        options={textStyles.map((style) => ({ value: style, label: say(`studio.text.style.${style}`) }))}
        onChange={(style) => put({ style })}
      />
      <Group className={styles.swatches} label={say('studio.text.colour')}>
        {colours.map((colour, index) => (
          <button
            key={colour}
            type="button"
            className={styles.swatch}
            style={{ background: colour }}
            aria-label={say('studio.text.colour.one', { number: index + 1 })}
            aria-pressed={text.colour === colour}
            onClick={() => put({ colour })}
          />
        ))}
      </Group>
      <Slider
        label={say('studio.size')}
        value={text.size}
        text={figures.percent(text.size)}
        min={0.03}
        max={0.3}
        step={0.005}
        onChange={(size, joined) => put({ size }, joined)}
      />
      <Slider
        label={say('studio.turn')}
        value={text.turnDeg}
        text={say('studio.degrees', { degrees: text.turnDeg })}
        min={-180}
        max={180}
        step={1}
        onChange={(turnDeg, joined) => put({ turnDeg }, joined)}
      />
      <Span list={list} thing={text} onChange={put} />
      <div className={styles.row}>
        <Button
          small
          icon={<Trash2 size={18} aria-hidden="true" />}
          onClick={() => {
            make({ kind: 'remove', id: text.id });
            onChoose(null, 'text');
          }}
        >
          {say('studio.remove')}
        </Button>
        <Button small look="plain" onClick={() => onChoose(null, 'text')}>
          {say('studio.done')}
        </Button>
      </div>
    </>
  );
}
