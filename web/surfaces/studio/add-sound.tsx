import { Music } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../intl/words.tsx';
import { buttonClass } from '../../ui/button.tsx';
import type { Project } from './project.ts';
import { bringSound, type SoundBrought } from './sounds.ts';
import styles from './tool.module.css';

/** A sound of one's own: a sound file, or the sound of a video. */
export function AddSound({
  current,
  onResult,
}: {
  current: Project;
  onResult: (result: SoundBrought | null) => void;
}) {
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  return (
    <label className={`${buttonClass({ small: true })} ${styles.file}`} aria-busy={busy || undefined}>
      <Music size={18} aria-hidden="true" />
      <span>{say(busy ? 'studio.sound.reading' : 'studio.sound.file')}</span>
      <input
        type="file"
        accept="audio/*,video/*"
        className="visually-hidden"
        disabled={busy}
        onChange={async (event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (!file) return;
          onResult(null);
          setBusy(true);
          const name = file.name.replace(/\.[^.]+$/, '').slice(0, 100);
          onResult(await bringSound(current.draftId, file, { name, of: null, atMs: 0 }));
          setBusy(false);
        }}
      />
    </label>
  );
}
