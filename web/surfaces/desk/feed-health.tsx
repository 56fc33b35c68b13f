import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FeedHealth } from '../../../contract/desk.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import styles from './desk.module.css';
import { DeskFrame } from './desk-frame.tsx';
import { HealthCharts } from './health-charts.tsx';
import { HealthNumbers } from './health-numbers.tsx';

const spans = [24, 48, 168, 720, 2160] as const;

/** How For You is doing: what was served, what was made of it, and what exploring costs. */
export function FeedHealthSurface() {
  const { say } = useWords();
  return (
    <DeskFrame here="deskHealth" title={say('desk.health.title')} lead={say('desk.health.lead')}>
      <Health />
    </DeskFrame>
  );
}

function Health() {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const [hours, setHours] = useState<number>(48);
  const [experiment, setExperiment] = useState('');
  const experiments = useQuery({ queryKey: ['experiments'], queryFn: api.listExperiments });
  const health = useQuery({
    queryKey: ['feed-health', hours, experiment],
    queryFn: () => api.feedHealth({ hours, experiment: experiment || undefined }),
    refetchInterval: 30_000,
    placeholderData: (before: FeedHealth | undefined) => before,
  });
  const begun = experiments.data?.experiments.filter((one) => one.state !== 'draft') ?? [];
  const data = health.data;
  return (
    <>
      <div className={styles.choices}>
        <Select
          label={say('desk.health.span')}
          value={String(hours)}
          options={spans.map((one) => ({
            value: String(one),
            label: say(one < 72 ? 'desk.health.hours' : 'desk.health.days', {
              count: one < 72 ? one : one / 24,
            }),
          }))}
          onChange={(event) => setHours(Number(event.target.value))}
        />
        <Select
          label={say('desk.health.slice')}
          value={experiment}
          options={[
            { value: '', label: say('desk.health.whole') },
            ...begun.map(({ key }) => ({ value: key, label: key })),
          ]}
          onChange={(event) => setExperiment(event.target.value)}
        />
      </div>
      {health.isPending && <Skeleton width="100%" height="20rem" />}
      {health.isError && !data && (
        <ErrorState title={say('desk.health.failed')} onRetry={() => void health.refetch()}>
          <p>{problemSentence(words, health.error)}</p>
        </ErrorState>
      )}
      {health.isError && data && (
        <Notice kind="wrong">
          {say('desk.stale', { when: figures.moment(new Date(health.dataUpdatedAt)) })}
        </Notice>
      )}
      {data && (
        <>
          <Section
            title={say('desk.health.numbers')}
            lead={
              data.measuredAt
                ? say('desk.health.measured', { when: figures.moment(data.measuredAt) })
                : say('desk.health.notYet')
            }
          >
            <HealthNumbers health={data} />
          </Section>
          <HealthCharts health={data} />
        </>
      )}
    </>
  );
}
