import { BadgeAlert, VolumeX } from 'lucide-react';
import type { SoundDetail } from '../../../contract/sounds.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Waveform } from '../../ui/waveform.tsx';
import { useListening } from '../sounds/listening.ts';
import { FavouriteButton, ListenButton, UseLink, useSoundName } from '../sounds/sound-deeds.tsx';
import { wordOf } from './licences.ts';
import styles from './sound.module.css';

/** What a sound is: heard, drawn, and in facts; and what can be done with it. */
export function SoundHead({ sound }: { sound: SoundDetail }) {
  const { say, rich } = useWords();
  const figures = useFigures();
  const title = useSoundName()(sound);
  const listening = useListening(sound.id);
  const { ownerHandle: owner, withdrawal, resembles, markets } = sound;
  return (
    <header className={styles.head}>
      <div className={styles.header}>
        <ListenButton sound={sound} />
        <div className={styles.words}>
          <p className={styles.title} aria-hidden="true">
            <bdi>{title}</bdi>
          </p>
          <p className={styles.owner}>
            {owner
              ? rich('sound.by', {
                  handle: owner,
                  person: (parts) => (
                    <Link href={paths.person(owner)}>
                      <bdi>{parts}</bdi>
                    </Link>
                  ),
                })
              : sound.artist}
          </p>
        </div>
      </div>
      {sound.peaks.length > 0 && (
        <div className={styles.wave}>
          <Waveform peaks={sound.peaks} share={listening?.share} />
        </div>
      )}
      <ul className={styles.facts}>
        <li>{figures.clock(sound.durationMs)}</li>
        {sound.tempo !== null && <li>{say('sounds.tempo', { tempo: Math.round(sound.tempo) })}</li>}
        {sound.mood && <li>{say(`sounds.mood.${sound.mood}`)}</li>}
        <li>{say(`sounds.licence.${wordOf(sound.licence)}`)}</li>
        {markets && (
          <li>
            {say('sounds.markets', {
              countries: markets.map((code) => figures.named('region', code)).join(', '),
            })}
          </li>
        )}
        <li>{say('sound.count', { count: sound.videos })}</li>
      </ul>
      {withdrawal && (
        <Notice kind="wrong" icon={<VolumeX aria-hidden="true" />}>
          <p>
            {say(`sounds.withdrawn.${withdrawal.reason}`, { day: figures.day(withdrawal.at) })}{' '}
            {say('sounds.withdrawn.silent')}
          </p>
        </Notice>
      )}
      {resembles && (
        <Notice icon={<BadgeAlert aria-hidden="true" />}>
          <p>
            {rich(`sounds.resembles.${resembles.reason}`, {
              title: resembles.title ?? say('sound.original'),
              sound: (parts) => <Link href={paths.sound(resembles.id)}>{parts}</Link>,
            })}
          </p>
        </Notice>
      )}
      <div className={styles.buttons}>
        <UseLink sound={sound} wide />
        <FavouriteButton sound={sound} />
        <Link href={paths.sounds()} className={styles.more}>
          {say('sounds.more')}
        </Link>
      </div>
    </header>
  );
}
