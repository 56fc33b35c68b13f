import { useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AddSound } from './add-sound.tsx';
import type { Project } from './project.ts';
import { SoundLibrary } from './sound-library.tsx';
import { bringSound } from './sounds.ts';
import styles from './tool.module.css';

/** A sound for the draft: from a file of one's own or from the library. `wish` is one that was asked for by its id. */
export function PickSound({
  current,
  wish,
  onPicked,
}: {
  current: Project;
  wish?: string | null;
  onPicked: (id: string) => void;
}) {
  const { say } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [taking, setTaking] = useState<string | null>(wish ?? null);
  const asked = useRef(false);
  const finish = (result: Awaited<ReturnType<typeof bringSound>> | null) => {
    setProblem(result && 'problem' in result ? result.problem : null);
    if (result && 'id' in result) onPicked(result.id);
  };
  const take = async (id: string) => {
    setTaking(id);
    setProblem(null);
    try {
      const sound = await api.getSound(id);
      if (!sound.usable || !sound.audioUrl) throw new Error('not to be used');
      const file = await fetch(sound.audioUrl);
      if (!file.ok) throw new Error(`status ${file.status}`);
      const name = sound.title ?? say('studio.library.untitled');
      finish(await bringSound(current.draftId, await file.blob(), { name, of: id, atMs: 0 }));
    } catch {
      setProblem('not_fetched');
    }
    setTaking(null);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a wish is fetched once
  useEffect(() => {
    if (!wish || asked.current) return;
    asked.current = true;
    void take(wish);
  }, []);
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <AddSound current={current} onResult={finish} />
        {taking && (
          <output className={styles.hint} aria-busy="true">
            {say('studio.sound.reading')}
          </output>
        )}
      </div>
      {problem && (
        <Notice kind="wrong">
          {say(
            problem === 'unreadable'
              ? 'studio.sound.unreadable'
              : problem === 'not_fetched'
                ? 'studio.library.notFetched'
                : 'studio.disk.full',
          )}
        </Notice>
      )}
      <SoundLibrary taking={taking} onTake={(sound) => void take(sound.id)} />
    </div>
  );
}
