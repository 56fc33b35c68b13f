import { useState } from 'react';
import type { EditClip } from '../../../contract/edit-list.ts';
import { useWords } from '../../intl/words.tsx';
import { Dropzone } from '../../ui/dropzone.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { Blind } from './blind.tsx';
import { Group } from './group.tsx';
import { addBackdrop, make } from './project.ts';
import styles from './tool.module.css';

/** The green of studios, and what looks well behind people. */
const colours = ['#00b140', '#0a0a0c', '#f7f5f2', '#ffb224', '#ff5247', '#2b2350', '#3aa7d8'];

/** What is seen behind the person in a clip. */
export function BackdropTool({ clip }: { clip: EditClip }) {
  const { say } = useWords();
  const [problem, setProblem] = useState<'unreadable' | 'not_kept' | null>(null);
  const [choosing, setChoosing] = useState(false);
  const set = (backdrop: EditClip['backdrop']) => {
    setChoosing(false);
    make({ kind: 'setClip', id: clip.id, set: { backdrop } });
  };
  const { backdrop } = clip;
  const kind = choosing ? 'source' : (backdrop?.kind ?? 'none');
  return (
    <>
      <Select
        label={say('studio.backdrop')}
        hint={backdrop ? say('studio.backdrop.slow') : undefined}
        value={kind}
        options={(['none', 'blur', 'colour', 'source'] as const).map((value) => ({
          value,
          label: say(`studio.backdrop.${value}`),
        }))}
        onChange={({ target: { value } }) => {
          if (value === 'source') return setChoosing(true);
          return set(
            value === 'blur'
              ? { kind: 'blur' }
              : value === 'colour'
                ? { kind: 'colour', colour: colours[0]! }
                : null,
          );
        }}
      />
      {backdrop && <Blind />}
      {kind === 'colour' && backdrop?.kind === 'colour' && (
        <Group className={styles.swatches} label={say('studio.backdrop.colour')}>
          {colours.map((colour, at) => (
            <button
              key={colour}
              type="button"
              className={styles.swatch}
              style={{ background: colour }}
              aria-label={say('studio.text.colour.one', { number: at + 1 })}
              aria-pressed={backdrop.colour === colour}
              onClick={() => set({ kind: 'colour', colour })}
            />
          ))}
        </Group>
      )}
      {problem && (
        <Notice kind="wrong">
          {say(problem === 'unreadable' ? 'studio.file.unreadable' : 'studio.disk.full')}
        </Notice>
      )}
      {kind === 'source' && (
        <Dropzone
          label={say('studio.backdrop.bring')}
          hint={say('studio.backdrop.bring.hint')}
          accept="video/*,image/*"
          onFile={async (file) => {
            const source = await addBackdrop(file);
            const isKept = source !== 'unreadable' && source !== 'not_kept';
            setProblem(isKept ? null : (source as 'unreadable' | 'not_kept'));
            if (isKept) set({ kind: 'source', source, fromMs: 0 });
          }}
        />
      )}
    </>
  );
}
