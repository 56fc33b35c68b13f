import { Plus } from 'lucide-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import type { EditLayout, EditList } from '../../../contract/edit-list.ts';
import { useWords } from '../../intl/words.tsx';
import { type Cell, cellsOf, isOver, roundness, seenIn } from '../../studio/layouts/cells.ts';
import { accompany, type Companions } from '../../studio/layouts/companions.ts';
import { takeFile } from '../../studio/takes/takes.ts';
import styles from './beside.module.css';
import { make } from './project.ts';

const percent = (share: number) => `${share * 100}%`;
const areaOf = ({ x, y, width, height }: Cell): CSSProperties => ({
  left: percent(x),
  top: percent(y),
  width: percent(width),
  height: percent(height),
});
/** Where a cell of a layout lies in the finder. */
export function cellStyle(layout: EditLayout, cell: number): CSSProperties {
  const area = cellsOf(layout)[cell]!;
  const round = isOver(layout, cell)
    ? { borderRadius: `${roundness * 100}% / ${roundness * 56}%`, zIndex: 1 }
    : {};
  return { ...areaOf(area), ...round };
}

/**
 * The other cells around the camera: their videos, which `onReady` hands over as one, and the free ones of a grid, which
 * a person may take instead of theirs.
 */
export function Beside({
  list,
  layout,
  busy,
  onReady,
}: {
  list: EditList;
  layout: EditLayout;
  busy: boolean;
  onReady: (companions: Companions | null) => void;
}) {
  const { say } = useWords();
  const players = useRef(new Map<string, HTMLVideoElement>());
  // Loudness and place may change without anything being loaded anew.
  const loaded = JSON.stringify(layout.others.map(({ source, fromMs }) => [source, fromMs]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `loaded` says whether the videos are others
  useEffect(() => {
    let gone = false;
    const urls: string[] = [];
    void (async () => {
      for (const { source } of layout.others) {
        const file = await takeFile(source);
        const player = players.current.get(source);
        if (gone || !file || !player) continue;
        urls.push(URL.createObjectURL(file));
        player.src = urls.at(-1)!;
      }
      if (gone) return;
      const others = layout.others.flatMap((other) => {
        const player = players.current.get(other.source);
        return player?.src ? [{ ...other, player, durationMs: list.sources[other.source]!.durationMs }] : [];
      });
      const all = others.map(({ player }) => player);
      onReady(others.length > 0 ? accompany(all, others) : null);
    })();
    return () => {
      gone = true;
      onReady(null);
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [loaded]);
  useEffect(() => {
    for (const { source, volume } of layout.others) {
      const player = players.current.get(source);
      if (player) player.volume = Math.min(1, volume);
    }
  }, [layout]);
  const taken = new Set([layout.mine, ...layout.others.map(({ cell }) => cell)]);
  return (
    <>
      {layout.others.map(({ cell, source, crop }) => {
        const area = cellsOf(layout)[cell]!;
        const size = { width: area.width * list.width, height: area.height * list.height };
        const seen = seenIn(crop, list.sources[source]!, size);
        return (
          <div key={source} className={styles.cell} style={cellStyle(layout, cell)}>
            {/* biome-ignore lint/a11y/useMediaCaption: what one films beside; its captions are in its picture or none */}
            <video
              ref={(player) => {
                if (player) players.current.set(source, player);
                else players.current.delete(source);
              }}
              playsInline
              preload="auto"
              aria-label={say('studio.with.other', { number: cell + 1 })}
              style={areaOf({
                x: -seen.x / seen.width,
                y: -seen.y / seen.height,
                width: 1 / seen.width,
                height: 1 / seen.height,
              })}
            />
          </div>
        );
      })}
      {cellsOf(layout).map((_, cell) =>
        taken.has(cell) ? null : (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its number
            key={cell}
            type="button"
            className={styles.free}
            style={cellStyle(layout, cell)}
            disabled={busy}
            aria-label={say('studio.with.takeCell', { number: cell + 1 })}
            onClick={() => make({ kind: 'setLayout', layout: { ...layout, mine: cell } })}
          >
            <Plus aria-hidden="true" />
            <span>{cell + 1}</span>
          </button>
        ),
      )}
    </>
  );
}
