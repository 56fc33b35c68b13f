import { useQuery } from '@tanstack/react-query';
import { Music2 } from 'lucide-react';
import { api, isMissing } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { VideoGrid } from '../grid/video-grid.tsx';
import { Missing } from '../not-found/not-found.tsx';
import styles from './sound.module.css';

/** A sound: whose it is, how often it is used, and where. */
export function SoundSurface({ id }: { id: string }) {
  const words = useWords();
  const { say, rich } = words;
  const sound = useQuery({ queryKey: ['sound', id], queryFn: ({ signal }) => api.getSound(id, signal) });
  if (isMissing(sound.error)) return <Missing title={say('sound.missing')} text={say('sound.missingText')} />;
  if (sound.isError)
    return (
      <Page title={say('sound.title')} hideTitle>
        <ErrorState title={say('sound.failed')} onRetry={() => void sound.refetch()}>
          <p>{problemSentence(words, sound.error)}</p>
        </ErrorState>
      </Page>
    );
  const owner = sound.data?.ownerHandle;
  return (
    <Page title={sound.data?.title ?? say('sound.original')} width="wide" hideTitle>
      <header className={styles.header}>
        <span className={styles.disc} aria-hidden="true">
          <Music2 size={36} />
        </span>
        <div className={styles.words}>
          <p className={styles.title} aria-hidden="true">
            <bdi>{sound.data ? (sound.data.title ?? say('sound.original')) : say('sound.title')}</bdi>
          </p>
          {owner && (
            <p className={styles.owner}>
              {rich('sound.by', {
                handle: owner,
                person: (parts) => <Link href={paths.person(owner)}>{parts}</Link>,
              })}
            </p>
          )}
          {sound.data && <p className={styles.count}>{say('sound.count', { count: sound.data.videos })}</p>}
        </div>
      </header>
      <VideoGrid
        name={['sound-videos', id]}
        label={say('sound.videos')}
        load={(page, signal) => api.soundVideos(id, page, signal)}
        empty={
          <EmptyState icon={<Music2 size={34} aria-hidden="true" />} title={say('sound.empty.title')}>
            <p>{say('sound.empty.text')}</p>
          </EmptyState>
        }
      />
    </Page>
  );
}
