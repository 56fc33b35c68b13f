import { useQuery } from '@tanstack/react-query';
import { Film, GitFork } from 'lucide-react';
import { useState } from 'react';
import { type CreditKind, creditKinds } from '../../../contract/credits.ts';
import type { ChainEntry } from '../../../contract/making.ts';
import { api, isMissing } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Page, Section } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { VideoGrid } from '../grid/video-grid.tsx';
import { Missing } from '../not-found/not-found.tsx';
import styles from './chain.module.css';
import { Chain } from './chain.tsx';

/** Where a video comes from, all the way to the origin, and what was made with it. */
export function CreditsSurface({ id }: { id: string }) {
  const words = useWords();
  const { say } = words;
  const credits = useQuery({
    queryKey: ['credits', id],
    queryFn: ({ signal }) => api.videoCredits(id, signal),
  });
  if (isMissing(credits.error))
    return <Missing title={say('credits.missing')} text={say('credits.missingText')} />;
  const chain = credits.data?.chain;
  return (
    <Page title={say('credits.title')} width="wide">
      <Section title={say('credits.chain')} lead={leadOf(chain, say)}>
        {credits.isPending && <Skeleton width="100%" height="8rem" />}
        {credits.isError && (
          <ErrorState title={say('credits.failed')} onRetry={() => void credits.refetch()}>
            <p>{problemSentence(words, credits.error)}</p>
          </ErrorState>
        )}
        {chain && <Chain chain={chain} />}
      </Section>
      {!credits.isError && <MadeWith id={id} />}
    </Page>
  );
}

function leadOf(chain: ChainEntry[] | undefined, say: ReturnType<typeof useWords>['say']) {
  if (!chain) return undefined;
  return say(chain.length === 1 ? 'credits.alone' : 'credits.chainLead');
}

function MadeWith({ id }: { id: string }) {
  const { say } = useWords();
  const [kind, setKind] = useState<CreditKind | 'all'>('all');
  const Icon = kind === 'all' ? GitFork : Film;
  return (
    <Section title={say('credits.madeWith')}>
      <div className={styles.kinds}>
        <Select
          label={say('credits.filter')}
          value={kind}
          options={[
            { value: 'all', label: say('credits.all') },
            ...creditKinds.map((value) => ({ value, label: say(`credits.of.${value}`) })),
          ]}
          onChange={(event) => setKind(event.target.value as CreditKind | 'all')}
        />
      </div>
      <VideoGrid
        key={kind}
        name={['made-with', id, kind]}
        label={say('credits.madeWith')}
        load={(page, signal) => api.madeWithVideo(id, kind === 'all' ? page : { ...page, kind }, signal)}
        empty={
          <EmptyState icon={<Icon size={34} aria-hidden="true" />} title={say('credits.none')}>
            <p>{say('credits.noneText')}</p>
          </EmptyState>
        }
      />
    </Section>
  );
}
