import { Mic, Music, Plus, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trimsToBeats } from '../../../contract/edit-list.beats.ts';
import { beatsOf, durationOf, snapPoints } from '../../../contract/edit-list.timeline.ts';
import type { EditSound } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PickSound } from './pick-sound.tsx';
import { PlaceInSound } from './place-in-sound.tsx';
import { make, type Project } from './project.ts';
import { Slider } from './slider.tsx';
import { endedAt, movedTo, shortestMs, startedAt } from './sound.rules.ts';
import { catching, useCatching } from './sounds.ts';
import styles from './tool.module.css';
import type { ToolProps } from './tool.types.ts';
import type { PreviewState } from './use-preview.ts';
import { useVoiceOver } from './use-voice-over.ts';

/** What is heard besides the clips: sounds, what was spoken over them, and cuts that fall on their beats. */
export function SoundTool(props: ToolProps & { current: Project; preview: PreviewState }) {
  const sound = props.list.sounds.find((one) => one.id === props.chosen);
  return sound ? <OneSound {...props} sound={sound} /> : <NewSound {...props} />;
}

function NewSound({
  list,
  current,
  preview,
  onChoose,
}: ToolProps & { current: Project; preview: PreviewState }) {
  const { say } = useWords();
  const [picking, setPicking] = useState(false);
  const [cut, setCut] = useState<number | null>(null);
  const caught = useCatching();
  const voice = useVoiceOver(current.draftId, preview, (id) => onChoose(id, 'sound'));
  const beats = beatsOf(list);
  if (list.clips.length === 0) return <p className={styles.hint}>{say('studio.clip.none')}</p>;
  return (
    <>
      <div className={styles.row}>
        <Button small icon={<Plus size={18} aria-hidden="true" />} onClick={() => setPicking(true)}>
          {say('studio.sound.add')}
        </Button>
        <Button
          small
          aria-pressed={voice.state === 'speaking'}
          busy={voice.state === 'opening' || voice.state === 'keeping'}
          icon={
            voice.state === 'speaking' ? (
              <Square size={18} aria-hidden="true" />
            ) : (
              <Mic size={18} aria-hidden="true" />
            )
          }
          onClick={voice.press}
        >
          {say(voice.state === 'speaking' ? 'studio.voice.stop' : 'studio.voice.start')}
        </Button>
      </div>
      {voice.problem ? (
        <Notice kind="wrong">{say(`studio.voice.${voice.problem}`)}</Notice>
      ) : (
        <p className={styles.hint}>{say('studio.voice.hint')}</p>
      )}
      {picking && (
        <Dialog title={say('studio.sound.add')} onClose={() => setPicking(false)}>
          <PickSound
            current={current}
            onPicked={(id) => {
              setPicking(false);
              onChoose(id, 'sound');
            }}
          />
        </Dialog>
      )}
      {beats.length > 0 && (
        <>
          <div className={styles.row}>
            <Button
              small
              disabled={list.clips.length < 2}
              onClick={() => {
                const joined = `beats-${Date.now()}`;
                setCut(
                  trimsToBeats(list).filter((trim) => make({ kind: 'trimClip', ...trim }, joined)).length,
                );
              }}
            >
              {say('studio.beats.cut')}
            </Button>
          </div>
          {cut !== null && (
            <output className={styles.hint}>{say('studio.beats.done', { count: cut })}</output>
          )}
          <Switch label={say('studio.beats.catch')} checked={caught} onChange={catching.set} />
        </>
      )}
    </>
  );
}

function OneSound({ list, current, sound, onChoose }: ToolProps & { current: Project; sound: EditSound }) {
  const { say } = useWords();
  const figures = useFigures();
  const source = list.sources[sound.source]!;
  const endMs = Math.ceil(durationOf(list));
  const caught = useCatching();
  const catches = caught ? snapPoints(list, sound.id) : [];
  const put = (thing: EditSound, joined?: string) => make({ kind: 'put', part: 'sounds', thing }, joined);
  const untilMs = Math.min(endMs, sound.atMs + sound.forMs);
  const mostFadeMs = Math.min(5000, Math.floor((untilMs - sound.atMs) / 2 / 100) * 100);
  return (
    <>
      <p className={styles.name}>
        {sound.voice ? <Mic size={18} aria-hidden="true" /> : <Music size={18} aria-hidden="true" />}
        <bdi>
          {sound.voice ? say('studio.voice') : (current.names.get(sound.source) ?? say('studio.sound'))}
        </bdi>
      </p>
      <PlaceInSound
        label={say('studio.sound.start')}
        kind="start"
        sound={sound}
        source={source}
        value={sound.fromMs}
        max={Math.max(0, source.durationMs - shortestMs)}
        heardForMs={Math.max(0, untilMs - sound.atMs)}
        onChange={(ms, joined) => put(startedAt(sound, source.durationMs, ms), joined)}
      />
      <Slider
        label={say('studio.sound.volume')}
        value={sound.volume}
        text={figures.rate(sound.volume)}
        min={0}
        max={2}
        step={0.05}
        onChange={(volume, joined) => put({ ...sound, volume }, joined)}
      />
      <Slider
        label={say('studio.sound.from')}
        value={Math.min(sound.atMs, endMs)}
        text={figures.tenths(sound.atMs)}
        min={0}
        max={endMs}
        step={10}
        catches={catches}
        onChange={(ms, joined) => put(movedTo(sound, endMs, ms), joined)}
      />
      <Slider
        label={say('studio.sound.until')}
        value={untilMs}
        text={figures.tenths(untilMs)}
        min={0}
        max={endMs}
        step={10}
        catches={catches}
        onChange={(ms, joined) => put(endedAt(sound, source.durationMs, ms), joined)}
      />
      <Slider
        label={say('studio.sound.fadeIn')}
        value={Math.min(sound.fadeInMs, mostFadeMs)}
        text={figures.tenths(sound.fadeInMs)}
        min={0}
        max={mostFadeMs}
        step={100}
        onChange={(fadeInMs, joined) => put({ ...sound, fadeInMs }, joined)}
      />
      <Slider
        label={say('studio.sound.fadeOut')}
        value={Math.min(sound.fadeOutMs, mostFadeMs)}
        text={figures.tenths(sound.fadeOutMs)}
        min={0}
        max={mostFadeMs}
        step={100}
        onChange={(fadeOutMs, joined) => put({ ...sound, fadeOutMs }, joined)}
      />
      {!sound.voice && (
        <Switch
          label={say('studio.sound.ducks')}
          checked={sound.ducks}
          onChange={(ducks) => put({ ...sound, ducks })}
        />
      )}
      <div className={styles.row}>
        <Button
          small
          icon={<Trash2 size={18} aria-hidden="true" />}
          onClick={() => {
            make({ kind: 'remove', id: sound.id });
            onChoose(null, 'sound');
          }}
        >
          {say('studio.remove')}
        </Button>
        <Button small look="plain" onClick={() => onChoose(null, 'sound')}>
          {say('studio.done')}
        </Button>
      </div>
    </>
  );
}
