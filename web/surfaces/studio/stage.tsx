import type { RefObject } from 'react';
import { activeAt } from '../../../contract/edit-list.timeline.ts';
import type { EditPin } from '../../../contract/edit-list.ts';
import { useWords } from '../../intl/words.tsx';
import { trackedAt } from '../../studio/seeing/marks.rules.ts';
import { useStickerName } from './pack-stickers.ts';
import { make } from './project.ts';
import styles from './stage.module.css';
import type { ToolProps } from './tool.types.ts';

/** How far one press of an arrow key moves a thing, as a share of the frame. */
const step = 0.02;

/** The picture, and on it a handle for each text and sticker that is seen now: drag it, or move it with the arrows. */
export function Stage({
  list,
  atMs,
  chosen,
  onChoose,
  canvas,
}: ToolProps & { canvas: RefObject<HTMLCanvasElement | null> }) {
  const { say } = useWords();
  const stickerName = useStickerName();
  const things = [
    ...activeAt(list.texts, atMs).map((thing) => ({ part: 'texts' as const, thing, name: thing.text })),
    ...activeAt(list.stickers, atMs).map((thing) => ({
      part: 'stickers' as const,
      thing,
      name: stickerName(thing.sticker),
    })),
  ];
  // What is drawn is in the picture already; a track lies over it, as it will for a viewer.
  const spoken =
    list.cueStyle === null &&
    list.cues
      .filter((cue) => cue.startMs <= atMs && atMs < cue.endMs)
      .map((cue) => cue.text)
      .join('\n');
  return (
    <div className={styles.stage}>
      <div className={styles.frame} style={{ aspectRatio: `${list.width} / ${list.height}` }}>
        <canvas
          ref={canvas}
          width={list.width}
          height={list.height}
          className={styles.canvas}
          role="img"
          aria-label={say('studio.preview')}
        />
        {spoken && (
          <p className={styles.spoken} dir="auto" aria-hidden="true">
            <span>{spoken}</span>
          </p>
        )}
        {things.map(({ part, thing, name }) => (
          <button
            key={thing.id}
            type="button"
            className={styles.handle}
            data-chosen={thing.id === chosen || undefined}
            aria-label={say('studio.move', { name })}
            style={handleAt(thing, atMs)}
            onClick={() => onChoose(thing.id, part === 'texts' ? 'text' : 'sticker')}
            onPointerDown={(event) => {
              const button = event.currentTarget;
              const frame = button.parentElement!.getBoundingClientRect();
              const [fromX, fromY, joined] = [event.clientX, event.clientY, `drag-${event.timeStamp}`];
              button.setPointerCapture(event.pointerId);
              const move = (to: PointerEvent) => {
                const x = within(thing, thing.x + (to.clientX - fromX) / frame.width);
                const y = within(thing, thing.y + (to.clientY - fromY) / frame.height);
                put(part, { ...thing, x, y }, joined);
              };
              const end = () => {
                button.removeEventListener('pointermove', move);
                button.removeEventListener('pointerup', end);
                button.removeEventListener('pointercancel', end);
              };
              button.addEventListener('pointermove', move);
              button.addEventListener('pointerup', end);
              button.addEventListener('pointercancel', end);
            }}
            onKeyDown={(event) => {
              const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[
                event.key
              ];
              if (!way) return;
              event.preventDefault();
              const [x, y] = [
                within(thing, thing.x + way[0]! * step),
                within(thing, thing.y + way[1]! * step),
              ];
              put(part, { ...thing, x, y }, `arrows-${thing.id}`);
            }}
          />
        ))}
      </div>
    </div>
  );
}

type Thing = { x: number; y: number; pin?: EditPin | null };
/** What is pinned stands as far from there as its place says: half a frame to either side. */
const within = ({ pin }: Thing, share: number) => {
  const [least, most] = pin ? [-0.5, 0.5] : [0, 1];
  return Math.round(Math.min(most, Math.max(least, share)) * 1000) / 1000;
};

/** Of what sits on a face nobody knows the place before it was looked for: its handle starts from the middle. */
function handleAt(thing: Thing, atMs: number): { left: string; top: string } {
  const { pin } = thing;
  const from = !pin
    ? { x: 0, y: 0 }
    : pin.kind === 'track'
      ? trackedAt(pin.places, atMs)
      : { x: 0.5, y: 0.5 };
  return { left: `${(from.x + thing.x) * 100}%`, top: `${(from.y + thing.y) * 100}%` };
}

function put(part: 'texts' | 'stickers', thing: object, joined: string): void {
  make({ kind: 'put', part, thing } as Parameters<typeof make>[0], joined);
}
