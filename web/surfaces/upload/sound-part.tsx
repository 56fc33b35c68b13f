import { Music2, Undo2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SoundChoice } from '../sounds/sound-choice.tsx';
import { useSoundName } from '../sounds/sound-deeds.tsx';
import styles from './captions-part.module.css';
import { type CurrentUpload, keepOwnSound, replaceSound } from './current-upload.ts';
import type { SoundAtHand } from './sound-at-hand.ts';

const partId = 'sound-part';

/** Beside what is seen first: the choice itself is at the end of the page, and may be new to who has scrolled past it. */
export function KnownSound({
  current: { draft },
  at: { known },
}: {
  current: CurrentUpload;
  at: SoundAtHand;
}) {
  const { say } = useWords();
  const nameOf = useSoundName();
  if (!known || draft.soundId || draft.replaceSound) return null;
  return (
    <Notice
      icon={<Music2 size={20} aria-hidden="true" />}
      action={
        <Button
          small
          onClick={() => {
            const part = document.getElementById(partId);
            part?.scrollIntoView({ block: 'center' });
            part?.focus({ preventScroll: true });
          }}
        >
          {say('otherSound.look')}
        </Button>
      }
    >
      {say('otherSound.known', { title: nameOf(known) })}
    </Notice>
  );
}

/**
 * The sound it goes out with, and what to do when that one cannot be used, or is a known one of somebody else: another, or
 * none; and back to what is heard in the file.
 */
export function SoundPart({ current: { draft, upload }, at }: { current: CurrentUpload; at: SoundAtHand }) {
  const { say } = useWords();
  const nameOf = useSoundName();
  const [choosing, setChoosing] = useState(false);
  const { fault, known } = at;
  const ownSound = !draft.soundId && !draft.replaceSound;
  if (ownSound && !known) return null;
  const title = at.sound ? nameOf(at.sound) : known ? nameOf(known) : '';
  const text = draft.soundId
    ? at.sound && say(draft.replaceSound ? 'otherSound.laidUnder' : 'otherSound.with', { title })
    : say(ownSound ? 'otherSound.known' : 'otherSound.without', { title });
  return (
    <section className={styles.part} aria-label={say('otherSound.part')}>
      <h2 id={partId} className={styles.title} tabIndex={-1}>
        {say('otherSound.part')}
      </h2>
      {text && <p className={styles.text}>{text}</p>}
      {(fault || known || draft.replaceSound) && (
        <div className={styles.row}>
          <Button
            small
            look={fault ? 'primary' : 'quiet'}
            icon={<Music2 size={18} aria-hidden="true" />}
            onClick={() => setChoosing(true)}
          >
            {say('otherSound.choose')}
          </Button>
          {(draft.soundId || ownSound) && (
            <Button small icon={<VolumeX size={18} aria-hidden="true" />} onClick={() => replaceSound(null)}>
              {say('otherSound.takeOut')}
            </Button>
          )}
          {/* Not that of the library which could not be used: only what the file itself brought. */}
          {draft.replaceSound && draft.soundBefore === null && upload?.facts?.hasSound && (
            <Button small icon={<Undo2 size={18} aria-hidden="true" />} onClick={keepOwnSound}>
              {say('otherSound.ofFile')}
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
