import type { Sound } from '../../../contract/sounds.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { Waveform } from '../../ui/waveform.tsx';
import { useListening } from './listening.ts';
import { FavouriteButton, ListenButton, UseLink, useSoundName } from './sound-deeds.tsx';
import styles from './sounds.module.css';

export function SoundRow({ sound }: { sound: Sound }) {
  const { say } = useWords();
  const figures = useFigures();
  const title = useSoundName()(sound);
  const listening = useListening(sound.id);
  /** Nothing of it is known yet. */
  const isNew = sound.peaks.length === 0 && !sound.withdrawn;
  const by = sound.ownerHandle ? `@${sound.ownerHandle}` : sound.artist;
  return (
    <li className={styles.row}>
      <div className={styles.play}>
        <ListenButton sound={sound} />
      </div>
      <div className={styles.words}>
        <Link href={paths.sound(sound.id)} className={styles.title}>
          <bdi>{title}</bdi>
        </Link>
        <p className={styles.facts}>
          {by && <bdi>{by}</bdi>}
          {sound.mood && <span>{say(`sounds.mood.${sound.mood}`)}</span>}
          <span>{figures.clock(sound.durationMs)}</span>
          {sound.tempo !== null && <span>{say('sounds.tempo', { tempo: Math.round(sound.tempo) })}</span>}
          <span>{say('sound.count', { count: sound.videos })}</span>
          {isNew && <span>{say('sounds.beingPrepared')}</span>}
          {sound.withdrawn && <span>{say('sounds.withdrawn.short')}</span>}
        </p>
      </div>
      <div className={styles.wave} data-empty={isNew || undefined}>
        <Waveform peaks={sound.peaks} share={listening?.share} />
      </div>
      <div className={styles.deeds}>
        <FavouriteButton sound={sound} />
        <UseLink sound={sound} />
      </div>
    </li>
  );
}
