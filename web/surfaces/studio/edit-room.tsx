import {
  Camera,
  Captions,
  FilePlus2,
  Film,
  LayoutGrid,
  LayoutTemplate,
  Music,
  Redo2,
  Sparkles,
  Sticker,
  Type,
  Undo2,
  Wand2,
  X,
} from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { canRedo, canUndo } from '../../../contract/edit-history.ts';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { useInstance } from '../../session.ts';
import { fullFrom } from '../../studio/compositor/overlay.rules.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useWayBack } from '../../ui/way-back.ts';
import { CaptionsTool } from './captions-tool.tsx';
import { ClipTool } from './clip-tool.tsx';
import styles from './edit-room.module.css';
import { EffectTool } from './effect-tool.tsx';
import { LayoutTool } from './layout-tools.tsx';
import { LookTool } from './look-tool.tsx';
import { Making } from './making.tsx';
import { addFile, type Brought, listOf, type Project, redoOne, undoOne, wishTemplate } from './project.ts';
import { Room } from './room.tsx';
import { Slots } from './slots.tsx';
import { SoundTool } from './sound-tool.tsx';
import { Stage } from './stage.tsx';
import { StickerTool } from './sticker-tool.tsx';
import { TemplateTool } from './template-tool.tsx';
import { TextTool } from './text-tool.tsx';
import { Timeline } from './timeline.tsx';
import { canBeTemplate, slotsOf } from './together.rules.ts';
import { TooLong } from './too-long.tsx';
import type { ToolName } from './tool.types.ts';
import { usePreview } from './use-preview.ts';

const tools: { name: ToolName; icon: ReactNode }[] = [
  { name: 'clip', icon: <Film aria-hidden="true" /> },
  { name: 'layout', icon: <LayoutGrid aria-hidden="true" /> },
  { name: 'text', icon: <Type aria-hidden="true" /> },
  { name: 'captions', icon: <Captions aria-hidden="true" /> },
  { name: 'sound', icon: <Music aria-hidden="true" /> },
  { name: 'look', icon: <Wand2 aria-hidden="true" /> },
  { name: 'sticker', icon: <Sticker aria-hidden="true" /> },
  { name: 'effect', icon: <Sparkles aria-hidden="true" /> },
  { name: 'template', icon: <LayoutTemplate aria-hidden="true" /> },
];

/** Everything that can be done to a draft: the picture above, the timeline under it, one tool at a time below. */
export function EditRoom({
  current,
  onFilm,
  onLeave,
}: {
  current: Project;
  onFilm: (slotId?: string) => void;
  onLeave: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const list = listOf(current);
  const [tool, setTool] = useState<ToolName | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [making, setMaking] = useState(false);
  const unfilled = slotsOf(list).length > 0;
  const mostMs = useInstance()?.limits.durationMs ?? Number.POSITIVE_INFINITY;
  // As the server reads it: half a second is a matter of rounding.
  const tooLong = durationOf(list) > mostMs + 500;
  const [brought, setBrought] = useState<Brought | null>(null);
  const preview = usePreview(list, current.reels);
  const isClip = (id: string | null) => list.clips.some((clip) => clip.id === id);
  const choose = (id: string | null, its: ToolName | null) => {
    setChosen(id);
    // Colours are chosen clip by clip.
    setTool(tool === 'look' && its === 'clip' && isClip(id) ? 'look' : its);
  };
  const panel = useRef<HTMLElement>(null);
  const openedByTab = useRef(false);
  // A tool stands before its tab: who opens it is taken there. Who pressed something that went with its press is not left
  // nowhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another choice the tool shows other things to press
  useEffect(() => {
    const active = document.activeElement;
    if (tool && (openedByTab.current || !active || active === document.body))
      panel.current?.focus({ preventScroll: true });
    openedByTab.current = false;
  }, [tool, chosen]);
  // A text or sticker comes softly: at its first moment, where it is added, there is nothing of it to be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is chosen
  useEffect(() => {
    const thing = [...list.texts, ...list.stickers].find(({ id }) => id === chosen);
    if (!thing || preview.playing) return;
    const { atMs } = preview;
    if (atMs > thing.atMs - 1 && atMs < fullFrom(thing)) preview.seek(fullFrom(thing));
  }, [chosen]);
  // A tool is read from its beginning; a list of captions stays where it is, whichever of them is at hand.
  const page = `${tool} ${tool === 'captions' ? '' : chosen}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another choice the panel shows something else
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [page]);
  const closeTool = () => {
    panel.current?.parentElement?.querySelector<HTMLElement>('[role=toolbar] [aria-pressed=true]')?.focus();
    choose(null, null);
  };
  useWayBack(tool !== null, closeTool);
  const shared = { list, atMs: preview.atMs, chosen, onChoose: choose };
  return (
    <Room className={styles.room} title={say('studio.edit.title')}>
      <header className={styles.top}>
        <IconButton label={say('studio.edit.close')} icon={<X aria-hidden="true" />} onClick={onLeave} />
        <output className={styles.saved} data-state={current.saved}>
          {say(`studio.${current.saved}`)}
        </output>
        <output className={styles.clock} aria-live="off" dir="auto">
          {figures.tenths(preview.atMs)} / {figures.tenths(durationOf(list))}
        </output>
        <Button
          look="primary"
          disabled={list.clips.length === 0 || unfilled || tooLong}
          onClick={() => setMaking(true)}
        >
          {say('studio.next')}
        </Button>
      </header>
      <div className={styles.middle}>
        <Stage {...shared} canvas={preview.canvas} />
      </div>
      {current.rescued.takes > 0 && (
        <Notice kind="done">{say('studio.rescued', { count: current.rescued.takes })}</Notice>
      )}
      {current.rescued.voices > 0 && (
        <Notice kind="done">{say('studio.rescued.voices', { count: current.rescued.voices })}</Notice>
      )}
      {current.lost.length > 0 && (
        <Notice kind="wrong">{say('studio.lost', { count: current.lost.length })}</Notice>
      )}
      {tooLong && <TooLong list={list} mostMs={mostMs} />}
      {brought && brought !== 'added' && <Notice kind="wrong">{say(saidOf[brought])}</Notice>}
      {unfilled && <Slots list={list} onFilm={onFilm} onResult={setBrought} />}
      <Timeline {...shared} preview={preview} names={current.names} narrow={tool !== null} />
      {tool && (
        <section
          ref={panel}
          className={styles.panel}
          aria-label={say(`studio.tool.${tool}`)}
          tabIndex={-1}
          onKeyDown={(event) => {
            // Escape closes a window first, and empties a search.
            if (event.key !== 'Escape' || (event.target as Element).closest('dialog, input[type=search]'))
              return;
            closeTool();
          }}
        >
          {tool === 'clip' && <ClipTool {...shared} seek={preview.seek} />}
          {tool === 'layout' && list.layout && <LayoutTool layout={list.layout} />}
          {tool === 'template' && canBeTemplate(list) && (
            <TemplateTool list={list} wish={current.template} onChange={wishTemplate} />
          )}
          {tool === 'text' && <TextTool {...shared} />}
          {tool === 'captions' && (
            <CaptionsTool {...shared} name={`kinora-${current.draftId}`} seek={preview.seek} />
          )}
          {tool === 'look' && <LookTool {...shared} />}
          {tool === 'sticker' && <StickerTool {...shared} />}
          {tool === 'sound' && <SoundTool {...shared} current={current} preview={preview} />}
          {tool === 'effect' && <EffectTool {...shared} />}
        </section>
      )}
      <Toolbar className={styles.bar} label={say('studio.tools')}>
        <Tab
          icon={<Undo2 aria-hidden="true" />}
          label={say('studio.undo')}
          disabled={!canUndo(current.history)}
          onPress={undoOne}
        />
        <Tab
          icon={<Redo2 aria-hidden="true" />}
          label={say('studio.redo')}
          disabled={!canRedo(current.history)}
          onPress={redoOne}
        />
        {tools
          .filter(({ name }) => fits(name, list))
          .map(({ name, icon }) => (
            <Tab
              key={name}
              icon={icon}
              label={say(`studio.tool.${name}`)}
              pressed={tool === name}
              onPress={() => {
                openedByTab.current = true;
                if (tool === name) choose(null, null);
                else choose(name === 'look' && isClip(chosen) ? chosen : null, name);
              }}
            />
          ))}
        <Tab icon={<Camera aria-hidden="true" />} label={say('studio.addTake')} onPress={() => onFilm()} />
        <AddFile label={say('studio.addFile')} onResult={setBrought} />
      </Toolbar>
      {making && (
        <Making
          current={current}
          asTemplate={current.template.wanted && canBeTemplate(list)}
          onClose={() => setMaking(false)}
        />
      )}
    </Room>
  );
}

const saidOf = {
  too_short: 'studio.slot.tooShort',
  too_long: 'studio.file.tooLong',
  unreadable: 'studio.file.unreadable',
  not_kept: 'studio.disk.full',
} as const;

/** Some tools are there only where there is something to do with them. */
function fits(tool: ToolName, list: EditList): boolean {
  if (tool === 'layout') return (list.layout?.others.length ?? 0) > 0;
  if (tool === 'template') return canBeTemplate(list) && slotsOf(list).length === 0;
  return true;
}

function AddFile({ label, onResult }: { label: string; onResult: (result: Brought | null) => void }) {
  return (
    <label className={styles.tab}>
      <FilePlus2 aria-hidden="true" />
      <span>{label}</span>
      <input
        type="file"
        accept="video/*"
        className={styles.file}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          onResult(null);
          if (file) void addFile(file).then(onResult);
        }}
      />
    </label>
  );
}

function Tab({
  icon,
  label,
  pressed,
  disabled,
  onPress,
}: {
  icon: ReactNode;
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      className={styles.tab}
      aria-pressed={pressed}
      // Not `disabled`: whoever undoes the last step keeps the focus.
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onPress}
    >
      {icon}
      <span>{label}</span>
    </button>
  );
}
