import { Music2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { SoundChoice } from '../sounds/sound-choice.tsx';
import { useSoundName } from '../sounds/sound-deeds.tsx';
import styles from './captions-part.module.css';
import { type CurrentUpload, replaceSound } from './current-upload.ts';
import type { SoundAtHand } from './sound-at-hand.ts';

/** The sound it goes out with, and what to do when that one cannot be used: another, or none. */
export function SoundPart({ current: { draft }, at }: { current: CurrentUpload; at: SoundAtHand }) {
  const { say } = useWords();
  const nameOf = useSoundName();
  const [choosing, setChoosing] = useState(false);
  if (!draft.soundId && !draft.replaceSound) return null;
  const title = at.sound ? nameOf(at.sound) : '';
  return (
    <section className={styles.part} aria-label={say('otherSound.part')}>
      <h2 className={styles.title}>{say('otherSound.part')}</h2>
      {(!draft.soundId || at.sound) && (
        <p className={styles.text}>
          {draft.soundId
            ? say(draft.replaceSound ? 'otherSound.laidUnder' : 'otherSound.with', { title })
            : say('otherSound.without')}
        </p>
      )}
      {(at.fault || draft.replaceSound) && (
        <div className={styles.row}>
          <Button
            small
            look={at.fault ? 'primary' : 'quiet'}
            icon={<Music2 size={18} aria-hidden="true" />}
            onClick={() => setChoosing(true)}
          >
            {say('otherSound.choose')}
          </Button>
          {draft.soundId && (
            <Button small icon={<VolumeX size={18} aria-hidden="true" />} onClick={() => replaceSound(null)}>
              {say('otherSound.takeOut')}
            </Button>
          )}
        </div>
      )}
      {choosing && (
        <SoundChoice
          onTake={(sound) => {
            replaceSound(sound.id);
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  );
}
