import { ArrowLeftRight, Columns2, PictureInPicture2, Rows2 } from 'lucide-react';
import type { EditLayout } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { make } from './project.ts';
import { Slider } from './slider.tsx';
import { swapped } from './together.rules.ts';
import styles from './tool.module.css';

export const pairs = ['side', 'stacked', 'inset'] as const;
export type Pair = (typeof pairs)[number];
export const isPair = (name: EditLayout['name']): name is Pair => name !== 'grid';
export const pairIcons = {
  side: <Columns2 aria-hidden="true" />,
  stacked: <Rows2 aria-hidden="true" />,
  inset: <PictureInPicture2 aria-hidden="true" />,
};
export const setLayout = (layout: EditLayout, joined?: string) => make({ kind: 'setLayout', layout }, joined);

/** How two share the frame, and how loud everybody else is. */
export function LayoutTool({ layout }: { layout: EditLayout }) {
  const { say } = useWords();
  const { name } = layout;
  return (
    <>
      {isPair(name) && (
        <>
          <RadioGroup
            label={say('studio.layout')}
            value={name}
            row
            options={pairs.map((value) => ({
              value,
              label: say(`studio.layout.${value}`),
              icon: pairIcons[value],
            }))}
            onChange={(value) => setLayout({ ...layout, name: value })}
          />
          <div className={styles.row}>
            <Button
              small
              icon={<ArrowLeftRight size={18} aria-hidden="true" />}
              onClick={() => setLayout(swapped(layout))}
            >
              {say('studio.layout.swap')}
            </Button>
          </div>
        </>
      )}
      <Loudness layout={layout} />
    </>
  );
}

/** One slider for each of the others. */
export function Loudness({ layout }: { layout: EditLayout }) {
  const { say } = useWords();
  const figures = useFigures();
  return layout.others.map((other) => (
    <Slider
      key={other.cell}
      label={
        layout.others.length === 1
          ? say('studio.with.volume')
          : say('studio.with.volumeOf', { number: other.cell + 1 })
      }
      value={other.volume}
      text={figures.rate(other.volume)}
      min={0}
      max={2}
      step={0.05}
      onChange={(volume, joined) =>
        setLayout(
          { ...layout, others: layout.others.map((one) => (one === other ? { ...one, volume } : one)) },
          joined,
        )
      }
    />
  ));
}
