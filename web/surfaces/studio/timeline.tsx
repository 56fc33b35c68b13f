import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { beatsOf, clipMs, durationOf, edgesOf, startsOf } from '../../../contract/edit-list.timeline.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { fullFrom } from '../../studio/compositor/overlay.rules.ts';
import { IconButton } from '../../ui/button.tsx';
import { CueBars } from './cue-bars.tsx';
import { useStickerName } from './pack-stickers.ts';
import { SoundBars } from './sound-bars.tsx';
import styles from './timeline.module.css';
import type { ToolName, ToolProps } from './tool.types.ts';
import type { PreviewState } from './use-preview.ts';
import { Marks } from './waveform.tsx';

/** What follows what, and where the playhead stands. Its line is a slider: arrows move it by a frame's neighbours. */
export function Timeline({
  list,
  atMs,
  chosen,
  onChoose,
  preview,
  names,
  narrow,
}: ToolProps & {
  preview: PreviewState;
  names: ReadonlyMap<string, string>;
  /** A tool is open too: on a small screen the buttons stand beside the picture, and the tracks take less. */
  narrow: boolean;
}) {
  const { say } = useWords();
  const stickerName = useStickerName();
  const figures = useFigures();
  const tracks = useRef<HTMLDivElement>(null);
  // What is chosen elsewhere is seen here too.
  useEffect(() => {
    if (chosen) tracks.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const wholeMs = Math.max(1, durationOf(list));
  const starts = startsOf(list);
  const points = edgesOf(list);
  const share = (ms: number) => `${(ms / wholeMs) * 100}%`;
  const overlays: { id: string; tool: ToolName; atMs: number; forMs: number; name: string }[] = [
    ...list.texts.map((one) => ({ ...one, tool: 'text' as const, name: one.text })),
    ...list.stickers.map((one) => ({
      ...one,
      tool: 'sticker' as const,
      name: stickerName(one.sticker),
    })),
    ...list.effects.map((one) => ({
      ...one,
      tool: 'effect' as const,
      name: say(`studio.effect.${one.effect}`),
    })),
  ];
  return (
    <div className={styles.timeline} data-narrow={narrow || undefined}>
      <div className={styles.transport}>
        <IconButton
          label={say('studio.cut.before')}
          icon={<ChevronLeft aria-hidden="true" className="mirrored" />}
          onClick={() => preview.seek(points.findLast((point) => point < atMs - 1) ?? 0)}
        />
        <IconButton
          label={say(preview.playing ? 'studio.pause' : 'studio.play')}
          icon={preview.playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          filled
          onClick={preview.toggle}
        />
        <IconButton
          label={say('studio.cut.after')}
          icon={<ChevronRight aria-hidden="true" className="mirrored" />}
          onClick={() => preview.seek(points.find((point) => point > atMs + 1) ?? wholeMs)}
        />
      </div>
      <input
        type="range"
        className={styles.line}
        aria-label={say('studio.position')}
        aria-valuetext={say('studio.position.text', {
          at: figures.tenths(atMs),
          whole: figures.tenths(wholeMs),
        })}
        min={0}
        max={Math.round(wholeMs)}
        step={Math.round(1000 / list.fps)}
        value={Math.round(atMs)}
        onChange={(event) => preview.seek(event.target.valueAsNumber)}
      />
      <div className={styles.beats}>
        <Marks times={beatsOf(list).filter((ms) => ms <= wholeMs)} wholeMs={wholeMs} />
      </div>
      <div ref={tracks} className={styles.tracks}>
        <ol className={styles.clips} aria-label={say('studio.clips')}>
          {list.clips.map((clip, index) => (
            <li key={clip.id} style={{ inlineSize: share(clipMs(clip)) }}>
              <button
                type="button"
                className={styles.clip}
                aria-pressed={clip.id === chosen}
                aria-label={say('studio.clip.label', {
                  number: index + 1,
                  duration: figures.tenths(clipMs(clip)),
                })}
                onClick={() => {
                  onChoose(clip.id, 'clip');
                  if (atMs < starts[index]! || atMs >= starts[index]! + clipMs(clip))
                    preview.seek(starts[index]!);
                }}
              >
                <span>{index + 1}</span>
                {clip.speed !== 1 && <bdi>{say('studio.times', { speed: clip.speed })}</bdi>}
              </button>
            </li>
          ))}
        </ol>
        <SoundBars
          {...{ list, chosen, onChoose, names }}
          onSeek={(from, forMs) => {
            if (atMs < from || atMs >= from + forMs) preview.seek(from);
          }}
        />
        {overlays.length > 0 && (
          <ul className={styles.overlays} aria-label={say('studio.overlays')}>
            {overlays.map(({ id, tool, name, atMs: from, forMs }) => (
              <li key={id}>
                <button
                  type="button"
                  className={styles.overlay}
                  aria-pressed={id === chosen}
                  style={{
                    marginInlineStart: share(Math.min(from, wholeMs)),
                    inlineSize: share(Math.min(forMs, Math.max(0, wholeMs - from))),
                  }}
                  onClick={() => {
                    onChoose(id, tool);
                    if (atMs < from || atMs >= from + forMs) preview.seek(fullFrom({ atMs: from, forMs }));
                  }}
                >
                  <span dir="auto">{name}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {list.cues.length > 0 && (
          <CueBars list={list} atMs={atMs} chosen={chosen} onChoose={onChoose} seek={preview.seek} />
        )}
      </div>
    </div>
  );
}
