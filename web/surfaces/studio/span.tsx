import { durationOf, snapPoints } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Slider } from './slider.tsx';
import { useCatching } from './sounds.ts';

type Timed = { id: string; atMs: number; forMs: number };
const shortestMs = 200;

/** From when to when something is seen; neither end passes the other. */
export function Span({
  list,
  thing,
  onChange,
}: {
  list: EditList;
  thing: Timed;
  onChange: (part: Omit<Timed, 'id'>, joined: string) => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const wholeMs = Math.ceil(durationOf(list));
  const catches = useCatching() ? snapPoints(list, thing.id) : [];
  const endMs = Math.min(wholeMs, thing.atMs + thing.forMs);
  return (
    <>
      <Slider
        label={say('studio.seen.from')}
        value={thing.atMs}
        text={figures.tenths(thing.atMs)}
        min={0}
        max={wholeMs}
        step={100}
        catches={catches}
        onChange={(ms, joined) => {
          const atMs = Math.max(0, Math.min(ms, endMs - shortestMs));
          onChange({ atMs, forMs: endMs - atMs }, joined);
        }}
      />
      <Slider
        label={say('studio.seen.to')}
        value={endMs}
        text={figures.tenths(endMs)}
        min={0}
        max={wholeMs}
        step={100}
        catches={catches}
        onChange={(ms, joined) =>
          onChange({ atMs: thing.atMs, forMs: Math.max(shortestMs, ms - thing.atMs) }, joined)
        }
      />
    </>
  );
}
