import { useQuery } from '@tanstack/react-query';
import { Music2, TrendingUp } from 'lucide-react';
import { useId } from 'react';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { VideoGrid } from '../grid/video-grid.tsx';
import styles from './discover.module.css';
import { SuggestedCreators } from './suggested-creators.tsx';

/** Ways to something new beside For You: whom one might like, and what is watched more now than before. */
export function DiscoverSurface() {
  const { say } = useWords();
  const rising = useId();
  const creators = useQuery({
    queryKey: ['suggested-creators'],
    queryFn: ({ signal }) => api.suggestedCreators(signal),
    // Whom one follows from here stays in the list, so that it can be taken back.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Page
      title={say('discover.title')}
      lead={say('discover.lead')}
      width="wide"
      action={
        <Link href={paths.sounds()} className={buttonClass()}>
          <Music2 size={20} aria-hidden="true" />
          <span>{say('shell.sounds')}</span>
        </Link>
      }
    >
      <SuggestedCreators asked={creators} />
      <section className={styles.part} aria-labelledby={rising}>
        <h2 id={rising} className={styles.sub}>
          {say('discover.rising')}
        </h2>
        <VideoGrid
          name={['rising']}
          label={say('discover.rising')}
          load={async (_, signal) => ({ ...(await api.rising(signal)), next: null })}
          empty={
            <EmptyState
              icon={<TrendingUp size={34} aria-hidden="true" />}
              title={say('discover.rising.none.title')}
            >
              <p>{say('discover.rising.none.text')}</p>
            </EmptyState>
          }
        />
      </section>
    </Page>
  );
}
