import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Experiment } from '../../../contract/experiments.ts';
import { ApiProblem, api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { navigate } from '../../shell/link.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import styles from './desk.module.css';
import { DeskFrame } from './desk-frame.tsx';
import { State } from './experiments.tsx';
import { Outcome } from './outcome.tsx';

/** One experiment: what it turns for whom, its steps, and what came of it. */
export function ExperimentSurface({ name }: { name: string }) {
  const { say } = useWords();
  return (
    <DeskFrame here="deskExperiments" title={say('desk.experiments.one', { name })}>
      <One name={name} />
    </DeskFrame>
  );
}

function One({ name }: { name: string }) {
  const words = useWords();
  const { say } = words;
  const result = useQuery({
    queryKey: ['experiment', name],
    queryFn: () => api.experimentResult(name),
    refetchInterval: 15_000,
  });
  if (result.isPending) return <Skeleton width="100%" height="20rem" />;
  if (!result.data)
    return (
      <ErrorState
        title={say('desk.experiments.failed')}
        onRetry={
          result.error instanceof ApiProblem && result.error.status === 404
            ? undefined
            : () => void result.refetch()
        }
      >
        <p>{problemSentence(words, result.error)}</p>
      </ErrorState>
    );
  const { experiment } = result.data;
  return (
    <>
      <Section title={experiment.question} lead={<State experiment={experiment} />}>
        <Groups experiment={experiment} />
        <Steps experiment={experiment} />
      </Section>
      {experiment.state !== 'draft' && <Outcome result={result.data} />}
    </>
  );
}

function Groups({ experiment }: { experiment: Experiment }) {
  const { say } = useWords();
  const figures = useFigures();
  return (
    <ul className={styles.groups}>
      {experiment.variants.map((variant) => (
        <li key={variant.name} className={styles.group}>
          <p>
            <strong>
              <bdi>{variant.name}</bdi>
            </strong>{' '}
            · {say('desk.experiments.ofViewers', { share: figures.rate(variant.share) })}
          </p>
          {Object.entries(variant.overrides).length === 0 ? (
            <p className={styles.range}>{say('desk.experiments.controlText')}</p>
          ) : (
            Object.entries(variant.overrides).map(([tunable, value]) => (
              <p key={tunable} className={styles.name}>
                <bdi>
                  {tunable} = {figures.decimal(value)}
                </bdi>
              </p>
            ))
          )}
        </li>
      ))}
    </ul>
  );
}

type Step = 'start' | 'stop' | 'discard';

function Steps({ experiment }: { experiment: Experiment }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Step | null>(null);
  const take = useMutation({
    mutationFn: async (step: Step): Promise<Step> => {
      if (step === 'start') await api.startExperiment(experiment.key);
      else if (step === 'stop') await api.stopExperiment(experiment.key);
      else await api.discardExperiment(experiment.key);
      return step;
    },
    onSuccess: async (step) => {
      setAsking(null);
      await queries.invalidateQueries({ queryKey: ['experiments'] });
      if (step === 'discard') navigate(paths.deskExperiments(), { replace: true });
      else await queries.invalidateQueries({ queryKey: ['experiment', experiment.key] });
    },
  });
  const steps: Step[] =
    experiment.state === 'draft' ? ['start', 'discard'] : experiment.state === 'running' ? ['stop'] : [];
  if (steps.length === 0) return null;
  return (
    <div className={styles.row}>
      {steps.map((step) => (
        <Button
          key={step}
          look={step === 'start' ? 'primary' : 'quiet'}
          onClick={() => {
            take.reset();
            setAsking(step);
          }}
        >
          {say(`desk.experiments.${step}`)}
        </Button>
      ))}
      {asking && (
        <Confirm
          title={say(`desk.experiments.${asking}Title`)}
          yes={say(`desk.experiments.${asking}`)}
          no={say('ui.cancel')}
          danger={asking === 'discard'}
          busy={take.isPending}
          error={take.error ? problemSentence(words, take.error) : null}
          onYes={() => take.mutate(asking)}
          onNo={() => setAsking(null)}
        >
          <p>{say(`desk.experiments.${asking}Text`)}</p>
        </Confirm>
      )}
    </div>
  );
}
