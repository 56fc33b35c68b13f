import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { useInstance } from '../../session.ts';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { DemoCommunity } from './demo-community.tsx';
import styles from './desk.module.css';
import { DeskFrame } from './desk-frame.tsx';
import { Tunables } from './tunables.tsx';

/** The operator's side: how the server is doing, the demo community, the numbers that can be turned. */
export function DeskSurface() {
  const { say } = useWords();
  const instance = useInstance();
  return (
    <DeskFrame
      here="desk"
      title={say('desk.title')}
      lead={instance ? say('desk.lead', { name: instance.name, version: instance.version }) : undefined}
    >
      <Overview />
    </DeskFrame>
  );
}

function Overview() {
  const words = useWords();
  const speech = useInstance()?.speech;
  const { say } = words;
  const figures = useFigures();
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: api.getOverview,
    // Faster while the demo community comes or goes, so that its progress is true.
    refetchInterval: ({ state }) =>
      state.data?.demo.state === 'making' || state.data?.demo.state === 'removing' ? 1500 : 15_000,
  });
  const rendering = useQuery({ queryKey: ['rendering'], queryFn: api.getRendering }).data?.state;
  const facts = overview.data;
  const numbers = facts && [
    { name: say('desk.people'), value: figures.whole(facts.people) },
    { name: say('desk.videos'), value: figures.whole(facts.videos) },
    { name: say('desk.viewsToday'), value: figures.whole(facts.viewsToday) },
    { name: say('desk.jobsWaiting'), value: figures.whole(facts.jobsWaiting) },
    { name: say('desk.jobsFailing'), value: figures.whole(facts.jobsFailing), alarm: facts.jobsFailing > 0 },
    {
      name: say('desk.storageFree'),
      value: facts.storageFreeBytes === null ? say('desk.unknown') : figures.bytes(facts.storageFreeBytes),
    },
  ];
  return (
    <>
      {overview.isError && !facts && (
        <ErrorState title={say('desk.failed')} onRetry={() => void overview.refetch()}>
          <p>{problemSentence(words, overview.error)}</p>
        </ErrorState>
      )}
      {overview.isError && facts && (
        <Notice kind="wrong">
          {say('desk.stale', { when: figures.moment(new Date(overview.dataUpdatedAt)) })}
        </Notice>
      )}
      {overview.isPending && <Skeleton width="100%" height="7rem" />}
      {numbers && (
        <dl className={styles.numbers}>
          {numbers.map((number) => (
            <div key={number.name} className={styles.number} data-alarm={number.alarm || undefined}>
              <dt>{number.name}</dt>
              <dd>{number.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {facts && <DemoCommunity demo={facts.demo} />}
      {speech && (
        <p className={styles.speech}>
          <b>{say('captions.speech.desk')}</b> {say(`captions.speech.desk.${speech}`)}
        </p>
      )}
      {rendering && (
        <p className={styles.speech}>
          <b>{say('rendering.desk')}</b> {say(`rendering.desk.${rendering}`)}
        </p>
      )}
      <Tunables />
    </>
  );
}
