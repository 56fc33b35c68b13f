import { Music, Trash2 } from 'lucide-react';
import type { EditSound } from '../../../contract/edit-list.ts';
import { useWords } from '../../intl/words.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PickSound } from './pick-sound.tsx';
import { PlaceInSound } from './place-in-sound.tsx';
import { listOf, make, type Project } from './project.ts';
import { shortestMs, startedAt } from './sound.rules.ts';
import styles from './tool.module.css';

/** The sound that is filmed to: the first that is no voice. */
export const filmedTo = (sounds: readonly EditSound[]) => sounds.find((sound) => !sound.voice);

/** Which sound the video is filmed to, from where in it, and whether what the camera hears is heard too. */
export function CameraSound({
  current,
  wish,
  onPicked,
  own,
  onOwn,
  onClose,
}: {
  current: Project;
  /** A sound of the library that was asked for. */
  wish: string | null;
  onPicked: () => void;
  own: boolean;
  onOwn: (own: boolean) => void;
  onClose: () => void;
}) {
  const { say } = useWords();
  const list = listOf(current);
  const sound = filmedTo(list.sounds);
  const source = sound && list.sources[sound.source];
  return (
    <Dialog
      title={say('studio.sound.filmTo')}
      onClose={onClose}
      actions={
        <Button look="primary" onClick={onClose}>
          {say('studio.done')}
        </Button>
      }
    >
      <div className={styles.stack}>
        {sound && source ? (
          <>
            <p className={styles.name}>
              <Music size={18} aria-hidden="true" />
              <bdi>{current.names.get(sound.source) ?? say('studio.sound')}</bdi>
            </p>
            <PlaceInSound
              label={say('studio.sound.start')}
              kind="start"
              sound={sound}
              source={source}
              value={sound.fromMs}
              max={Math.max(0, source.durationMs - shortestMs)}
              heardForMs={sound.forMs}
              onChange={(ms, joined) =>
                make({ kind: 'put', part: 'sounds', thing: startedAt(sound, source.durationMs, ms) }, joined)
              }
            />
            <Switch
              label={say('studio.sound.own')}
              hint={say('studio.sound.own.hint')}
              checked={own}
              onChange={onOwn}
            />
            <div className={styles.row}>
              <Button
                small
                icon={<Trash2 size={18} aria-hidden="true" />}
                onClick={() => make({ kind: 'remove', id: sound.id })}
              >
                {say('studio.sound.without')}
              </Button>
            </div>
          </>
        ) : (
          <>
            <p className={styles.hint}>{say('studio.sound.filmTo.hint')}</p>
            <PickSound current={current} wish={wish} onPicked={onPicked} />
          </>
        )}
      </div>
    </Dialog>
  );
}
