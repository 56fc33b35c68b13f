import { ArrowLeft, ArrowRight, Scissors, Trash2 } from 'lucide-react';
import { trimCatches } from '../../../contract/edit-list.beats.ts';
import { at, beatsOf, snap, startsOf } from '../../../contract/edit-list.timeline.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { newId } from '../../studio/takes/takes.ts';
import { transitions } from '../../studio/transitions/transitions.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Select } from '../../ui/select.tsx';
import { BackdropTool } from './backdrop-tool.tsx';
import { make } from './project.ts';
import { Slider } from './slider.tsx';
import { useCatching } from './sounds.ts';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';

/** The shortest a clip can be trimmed to. */
const shortestMs = 100;
const transitionMs = 500;
/** A split that is meant for a beat is this near to it. */
const nearBeatMs = 100;

/** One clip: cut it, trim it, move it, make it slower or faster, louder or silent. Without a choice: the one shown. */
export function ClipTool({ list, atMs, chosen, onChoose, seek }: ToolProps & { seek: (ms: number) => void }) {
  const { say } = useWords();
  const figures = useFigures();
  const catching = useCatching();
  const clip = list.clips.find((one) => one.id === chosen) ?? at(list, atMs)?.main?.clip;
  if (!clip) return <p className={styles.hint}>{say('studio.clip.none')}</p>;
  const index = list.clips.indexOf(clip);
  const source = list.sources[clip.source]!;
  const start = startsOf(list)[index]!;
  const catches = catching ? trimCatches(list, clip) : { fromMs: [], toMs: [] };
  const set = (part: object, joined?: string) => make({ kind: 'setClip', id: clip.id, set: part }, joined);
  const trim = (fromMs: number, toMs: number, joined: string) => {
    if (toMs - fromMs < shortestMs) return;
    make({ kind: 'trimClip', id: clip.id, fromMs, toMs }, joined);
    seek(fromMs === clip.fromMs ? start + (toMs - fromMs) / clip.speed - 1000 / list.fps : start);
  };
  return (
    <>
      <div className={styles.row}>
        <Button
          small
          icon={<Scissors size={18} aria-hidden="true" />}
          onClick={() => {
            const placeMs = catching ? snap(atMs, beatsOf(list), nearBeatMs) : atMs;
            make({ kind: 'splitClip', atMs: placeMs, newId: newId() });
          }}
        >
          {say('studio.clip.split')}
        </Button>
        <Button
          small
          icon={<ArrowLeft size={18} aria-hidden="true" className="mirrored" />}
          disabled={index === 0}
          onClick={() => make({ kind: 'moveClip', id: clip.id, index: index - 1 })}
        >
          {say('studio.clip.earlier')}
        </Button>
        <Button
          small
          icon={<ArrowRight size={18} aria-hidden="true" className="mirrored" />}
          disabled={index === list.clips.length - 1}
          onClick={() => make({ kind: 'moveClip', id: clip.id, index: index + 1 })}
        >
          {say('studio.clip.later')}
        </Button>
        <Button
          small
          icon={<Trash2 size={18} aria-hidden="true" />}
          onClick={() => {
            make({ kind: 'removeClip', id: clip.id });
            onChoose(null, 'clip');
          }}
        >
          {say('studio.remove')}
        </Button>
      </div>
      <Slider
        label={say('studio.clip.from')}
        value={clip.fromMs}
        text={figures.tenths(clip.fromMs)}
        min={0}
        max={source.durationMs}
        step={50}
        catches={catches.fromMs}
        onChange={(fromMs, joined) => trim(Math.min(fromMs, clip.toMs - shortestMs), clip.toMs, joined)}
      />
      <Slider
        label={say('studio.clip.to')}
        value={clip.toMs}
        text={figures.tenths(clip.toMs)}
        min={0}
        max={source.durationMs}
        step={50}
        catches={catches.toMs}
        onChange={(toMs, joined) =>
          trim(clip.fromMs, Math.min(source.durationMs, Math.max(toMs, clip.fromMs + shortestMs)), joined)
        }
      />
      <Slider
        label={say('studio.clip.speed')}
        value={clip.speed}
        text={say('studio.times', { speed: clip.speed })}
        min={0.3}
        max={3}
        step={0.1}
        onChange={(speed, joined) => set({ speed: Math.round(speed * 10) / 10 }, joined)}
      />
      {source.hasSound && (
        <Slider
          label={say('studio.clip.volume')}
          value={clip.volume}
          text={figures.rate(clip.volume)}
          min={0}
          max={2}
          step={0.05}
          onChange={(volume, joined) => set({ volume }, joined)}
        />
      )}
      <Switch
        label={say('studio.clip.reversed')}
        checked={clip.reversed}
        onChange={(reversed) => set({ reversed })}
      />
      <BackdropTool key={clip.id} clip={clip} />
      {index > 0 && (
        <Select
          label={say('studio.clip.transition')}
          value={clip.transition?.name ?? ''}
          options={[
            { value: '', label: say('studio.transition.none') },
            ...transitions.map(({ name }) => ({ value: name, label: say(`studio.transition.${name}`) })),
          ]}
          onChange={({ target: { value: name } }) =>
            set({ transition: name ? { name, ms: transitionMs } : null })
          }
        />
      )}
    </>
  );
}
