import { type KeyboardEvent, type PointerEvent as Press, useEffect, useId, useRef } from 'react';
import { durationOf, snap, snapPoints } from '../../../contract/edit-list.timeline.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { type Changed, lanesOf, moveCue, nudgeMs, removeCue, setSpan } from '../captions/cues.rules.ts';
import styles from './cue-bars.module.css';
import { chosenCue, nameOfCue } from './cue-choice.ts';
import { make } from './project.ts';
import type { ToolProps } from './tool.types.ts';

/** So near, in pixels, what is dragged catches at cuts, at other things' ends and at the playhead. */
const catchPx = 6;

/** The captions on the timeline, a bar for each; the chosen one has its two ends to be dragged or moved by arrow keys. */
export function CueBars({ list, atMs, chosen, onChoose, seek }: ToolProps & { seek: (ms: number) => void }) {
  const { say } = useWords();
  const figures = useFigures();
  const id = useId();
  const row = useRef<HTMLUListElement>(null);
  const focusChosen = useRef(false);
  const { cues } = list;
  const wholeMs = Math.max(1, durationOf(list));
  const picked = chosenCue(chosen);
  const lanes = lanesOf(cues);
  // One of them is in the way of the Tab key: the chosen one, or the one at the playhead.
  const first = cues[picked ?? -1]
    ? picked!
    : Math.max(
        0,
        cues.findIndex((cue) => cue.endMs > atMs),
      );
  const share = (ms: number) => `${(Math.min(ms, wholeMs) / wholeMs) * 100}%`;
  useEffect(() => {
    if (focusChosen.current && picked !== null)
      row.current?.querySelector<HTMLElement>(`[data-bar="${picked}"]`)?.focus();
    focusChosen.current = false;
  });
  const take = (changed: Changed, joined?: string): boolean => {
    if (!changed || !make({ kind: 'setCues', cues: changed.cues }, joined)) return false;
    onChoose(nameOfCue(changed.at < 0 ? null : changed.at), 'captions');
    return true;
  };
  /** Right is later where texts begin at the left. */
  const way = () => (row.current && getComputedStyle(row.current).direction === 'rtl' ? -1 : 1);
  const stepOf = (event: KeyboardEvent): number => {
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    return side * way() * (event.shiftKey ? 1000 / list.fps : nudgeMs);
  };
  const choose = (at: number) => {
    onChoose(nameOfCue(at), 'captions');
    const cue = cues[at]!;
    if (atMs < cue.startMs || atMs >= cue.endMs) seek(cue.startMs);
  };
  const onBarKey = (event: KeyboardEvent, at: number) => {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: cues.length - 1 }[event.key];
    const byMs = stepOf(event);
    if (to === undefined && byMs === 0 && event.key !== 'Delete') return;
    event.preventDefault();
    focusChosen.current = true;
    if (to !== undefined) {
      if (cues[to]) choose(to);
    } else if (event.key === 'Delete') take(removeCue(cues, at));
    else take(moveCue(cues, at, Math.round(byMs), wholeMs), `move-${id}-${at}`);
  };
  const onEndKey = (event: KeyboardEvent, at: number, end: 'startMs' | 'endMs') => {
    const byMs = stepOf(event);
    if (byMs === 0) return;
    event.preventDefault();
    take(setSpan(cues, at, { [end]: Math.round(cues[at]![end] + byMs) }, wholeMs), `${end}-${id}-${at}`);
  };
  const drag = (event: Press, at: number, what: 'startMs' | 'endMs' | 'both') => {
    const width = row.current?.clientWidth ?? 0;
    if (width === 0 || event.button !== 0) return;
    const [fromX, pxMs, sign] = [event.clientX, wholeMs / width, way()];
    const joined = `drag-${id}-${event.timeStamp}`;
    const points = [...snapPoints(list), Math.round(atMs)];
    const cue = cues[at]!;
    const move = ({ clientX }: PointerEvent) => {
      const byMs = (clientX - fromX) * sign * pxMs;
      if (what === 'both') return void take(moveCue(cues, at, Math.round(byMs), wholeMs), joined);
      const ms = snap(Math.round(cue[what] + byMs), points, catchPx * pxMs);
      take(setSpan(cues, at, { [what]: ms }, wholeMs), joined);
    };
    // On the window: a cue that is dragged past another one is then drawn by another element.
    const ended = new AbortController();
    addEventListener('pointermove', move, { signal: ended.signal });
    for (const name of ['pointerup', 'pointercancel'])
      addEventListener(name, () => ended.abort(), { signal: ended.signal });
  };
  return (
    <>
      <ul
        ref={row}
        className={styles.row}
        data-lanes={lanes.includes(1) ? 2 : 1}
        aria-label={say('captions.bars')}
        aria-describedby={`${id}-keys`}
      >
        {cues.map((cue, at) => {
          const [from, to] = [figures.tenths(cue.startMs), figures.tenths(cue.endMs)];
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a cue is its place in the row
              key={at}
              className={styles.cue}
              data-lane={lanes[at]}
              data-chosen={picked === at || undefined}
              style={{
                insetInlineStart: `min(${share(cue.startMs)}, 100% - 4px)`,
                inlineSize: share(Math.min(cue.endMs, wholeMs) - Math.min(cue.startMs, wholeMs)),
              }}
            >
              <button
                type="button"
                className={styles.bar}
                data-bar={at}
                tabIndex={at === first ? 0 : -1}
                aria-pressed={picked === at}
                aria-label={say('captions.bar', { number: at + 1, from, to, text: cue.text })}
                aria-describedby={`${id}-keys`}
                onClick={() => choose(at)}
                onKeyDown={(event) => onBarKey(event, at)}
                onPointerDown={picked === at ? (event) => drag(event, at, 'both') : undefined}
              >
                <span dir="auto">{cue.text}</span>
              </button>
              {picked === at &&
                (['startMs', 'endMs'] as const).map((end) => (
                  <span
                    key={end}
                    role="slider"
                    tabIndex={0}
                    className={styles.end}
                    data-end={end}
                    aria-label={say(end === 'startMs' ? 'captions.begins' : 'captions.ends')}
                    aria-valuenow={cue[end]}
                    aria-valuemin={0}
                    aria-valuemax={Math.round(wholeMs)}
                    aria-valuetext={end === 'startMs' ? from : to}
                    onKeyDown={(event) => onEndKey(event, at, end)}
                    onPointerDown={(event) => drag(event, at, end)}
                  />
                ))}
            </li>
          );
        })}
      </ul>
      <p id={`${id}-keys`} hidden>
        {say('captions.bar.keys')}
      </p>
    </>
  );
}
