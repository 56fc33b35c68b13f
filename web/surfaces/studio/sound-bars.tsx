import { useRef } from 'react';
import { durationOf, snap, snapPoints } from '../../../contract/edit-list.timeline.ts';
import type { EditSound } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { make } from './project.ts';
import { begunAt, endedAt, movedTo } from './sound.rules.ts';
import styles from './sound-bars.module.css';
import { useCatching, useWaveform } from './sounds.ts';
import type { ToolProps } from './tool.types.ts';
import { Waveform } from './waveform.tsx';

type Props = Omit<ToolProps, 'atMs'> & {
  names: ReadonlyMap<string, string>;
  onSeek: (fromMs: number, forMs: number) => void;
};

/** Nearer than this a drag catches. */
const nearPixels = 8;

/** The sounds under the clips, each as long as it is heard: drag one, or its ends; its tool does the same by keys. */
export function SoundBars(props: Props) {
  const { say } = useWords();
  const { list } = props;
  if (list.sounds.length === 0) return null;
  return (
    <ul className={styles.bars} aria-label={say('studio.sounds')}>
      {list.sounds.map((sound) => (
        <Bar key={sound.id} {...props} sound={sound} />
      ))}
    </ul>
  );
}

function Bar({ list, sound, chosen, names, onChoose, onSeek }: Props & { sound: EditSound }) {
  const { say } = useWords();
  const figures = useFigures();
  const peaks = useWaveform(sound.source);
  const catching = useCatching();
  const row = useRef<HTMLLIElement>(null);
  const moved = useRef(false);
  const endMs = Math.max(1, Math.ceil(durationOf(list)));
  const shownMs = Math.max(0, Math.min(sound.forMs, endMs - sound.atMs));
  const sourceMs = list.sources[sound.source]!.durationMs;
  const share = (ms: number) => `${(Math.min(ms, endMs) / endMs) * 100}%`;
  const name = sound.voice ? say('studio.voice') : (names.get(sound.source) ?? say('studio.sound'));
  const put = (thing: EditSound, joined: string) => make({ kind: 'put', part: 'sounds', thing }, joined);

  const drag = (event: React.PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const bar = event.currentTarget;
    const edge = (event.target as HTMLElement).dataset.edge;
    const { width } = row.current!.getBoundingClientRect();
    const msPerPixel = endMs / width;
    const sign = getComputedStyle(bar).direction === 'rtl' ? -1 : 1;
    const points = catching ? snapPoints(list, sound.id) : [];
    const [from, joined] = [event.clientX, `sound-${sound.id}-${event.timeStamp}`];
    moved.current = false;
    bar.setPointerCapture(event.pointerId);
    const move = (to: PointerEvent) => {
      const pixels = (to.clientX - from) * sign;
      if (Math.abs(pixels) > 4) moved.current = true;
      if (!moved.current) return;
      const byMs = pixels * msPerPixel;
      const caught = (ms: number) => snap(ms, points, nearPixels * msPerPixel);
      if (edge === 'end') put(endedAt(sound, sourceMs, caught(sound.atMs + shownMs + byMs)), joined);
      else if (edge === 'start') put(begunAt(sound, caught(sound.atMs + byMs)), joined);
      else put(movedTo(sound, endMs, caught(sound.atMs + byMs)), joined);
    };
    const end = () => {
      bar.removeEventListener('pointermove', move);
      bar.removeEventListener('pointerup', end);
      bar.removeEventListener('pointercancel', end);
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', end);
    bar.addEventListener('pointercancel', end);
  };

  return (
    <li ref={row}>
      <button
        type="button"
        className={styles.bar}
        data-voice={sound.voice || undefined}
        aria-pressed={sound.id === chosen}
        aria-label={say('studio.sound.label', { name, duration: figures.tenths(shownMs) })}
        style={{ marginInlineStart: share(sound.atMs), inlineSize: share(shownMs) }}
        onPointerDown={drag}
        onClick={() => {
          // The end of a drag is no press.
          if (moved.current) {
            moved.current = false;
            return;
          }
          onChoose(sound.id, 'sound');
          onSeek(sound.atMs, shownMs);
        }}
      >
        {peaks && <Waveform peaks={peaks} fromMs={sound.fromMs} toMs={sound.fromMs + shownMs} />}
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <span className={styles.edge} data-edge="start" />
        <span className={styles.edge} data-edge="end" />
      </button>
    </li>
  );
}
