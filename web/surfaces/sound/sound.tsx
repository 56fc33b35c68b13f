import { useQuery } from '@tanstack/react-query';
import { Music2 } from 'lucide-react';
import { useId } from 'react';
import { api, isMissing } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { useMe } from '../../session.ts';
import { Grid, Tile } from '../../ui/grid.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { Poster, VideoGrid } from '../grid/video-grid.tsx';
import { Missing } from '../not-found/not-found.tsx';
import { OperatorSound } from './operator-sound.tsx';
import { OwnSound } from './own-sound.tsx';
import styles from './sound.module.css';
import { SoundHead } from './sound-head.tsx';

/** A sound: heard, what may be done with it, and every public video with it. */
export function SoundSurface({ id }: { id: string }) {
  const words = useWords();
  const { say } = words;
  const me = useMe();
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
  return (
    <Page title={sound.data?.title ?? say('sound.original')} width="wide" hideTitle>
      {sound.data && <SoundHead sound={sound.data} />}
      {sound.data?.mine && sound.data.original && !sound.data.withdrawn && (
        <OwnSound key={sound.data.id} sound={sound.data} />
      )}
      {me?.role === 'operator' && sound.data && !sound.data.mine && !sound.data.withdrawn && (
        <OperatorSound key={sound.data.id} sound={sound.data} />
      )}
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
      {sound.data && <Related id={id} />}
    </Page>
  );
}

/** What goes with it. An extra: while it is on its way, empty or failed, there is nothing. */
function Related({ id }: { id: string }) {
  const { say } = useWords();
  const heading = useId();
  const { data } = useQuery({
    queryKey: ['sound-related', id],
    queryFn: ({ signal }) => api.relatedToSound(id, signal),
  });
  if (!data || data.videos.length === 0) return null;
  return (
    <section className={styles.related} aria-labelledby={heading}>
      <h2 id={heading}>{say('sound.related')}</h2>
      <Grid label={say('sound.related')}>
        {data.videos.map((video) => (
          <Tile key={video.id}>
            <Poster video={video} />
          </Tile>
        ))}
      </Grid>
    </section>
  );
}
