import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import type { Experiment } from '../../../contract/experiments.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import styles from './desk.module.css';
import { DeskFrame } from './desk-frame.tsx';
import { NewExperimentForm } from './new-experiment.tsx';

/** Questions put to the feed: those running, those answered, and a new one. */
export function ExperimentsSurface() {
  const { say } = useWords();
  return (
    <DeskFrame
      here="deskExperiments"
      title={say('desk.experiments.title')}
      lead={say('desk.experiments.lead')}
    >
      <Experiments />
    </DeskFrame>
  );
}

function Experiments() {
  const words = useWords();
  const { say } = words;
  const [writing, setWriting] = useState(false);
  const list = useQuery({ queryKey: ['experiments'], queryFn: api.listExperiments });
  const experiments = list.data?.experiments ?? [];
  return (
    <>
      {writing ? (
        <Section title={say('desk.experiments.new')} lead={say('desk.experiments.newLead')}>
          <NewExperimentForm onDone={() => setWriting(false)} />
        </Section>
      ) : (
        <div>
          <Button look="primary" onClick={() => setWriting(true)}>
            {say('desk.experiments.new')}
          </Button>
        </div>
      )}
      {list.isPending && <Skeleton width="100%" height="10rem" />}
      {list.isError && (
        <ErrorState title={say('desk.experiments.failed')} onRetry={() => void list.refetch()}>
          <p>{problemSentence(words, list.error)}</p>
        </ErrorState>
      )}
      {list.data && experiments.length === 0 && !writing && (
        <EmptyState icon={<FlaskConical size={34} aria-hidden="true" />} title={say('desk.experiments.none')}>
          <p>{say('desk.experiments.noneText')}</p>
        </EmptyState>
      )}
      {experiments.length > 0 && (
        <ul className={styles.experiments} aria-label={say('desk.experiments.title')}>
          {experiments.map((experiment) => (
            <li key={experiment.key} className={styles.experiment}>
              <h2 className={styles.question}>
                <Link href={paths.deskExperiment(experiment.key)}>{experiment.question}</Link>
              </h2>
              <p className={styles.range}>
                <State experiment={experiment} /> · <bdi>{experiment.key}</bdi> ·{' '}
                {say('desk.experiments.variants', { count: experiment.variants.length })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** In words: where it stands, since when and by whom. */
export function State({ experiment }: { experiment: Experiment }) {
  const { say } = useWords();
  const figures = useFigures();
  const { state, createdAt, startedAt, stoppedAt, createdBy, startedBy, stoppedBy } = experiment;
  const [at, by] =
    state === 'stopped'
      ? [stoppedAt, stoppedBy]
      : state === 'running'
        ? [startedAt, startedBy]
        : [createdAt, createdBy];
  const who = by ? `@${by}` : say('desk.somebodyGone');
  return (
    <>
      <span className={styles.state} data-state={state}>
        {say(`desk.experiments.state.${state}`)}
      </span>{' '}
      {say('desk.tunables.changedBy', { who, when: at ? figures.moment(at) : '' })}
    </>
  );
}
