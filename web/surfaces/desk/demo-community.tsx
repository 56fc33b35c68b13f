import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DemoState, Overview } from '../../../contract/desk.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';

/** The people and videos of the first start: being made, there, going, gone. */
export function DemoCommunity({ demo }: { demo: DemoState }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: api.removeDemo,
    onSuccess: async (state) => {
      setAsking(false);
      queries.setQueryData<Overview>(['overview'], (now) => now && { ...now, demo: state });
      await queries.invalidateQueries({ queryKey: ['overview'] });
    },
  });
  const moving = demo.state === 'making' || demo.state === 'removing';
  const share = demo.total > 0 ? demo.made / demo.total : 0;
  const done = demo.state === 'removing' ? 1 - share : share;
  return (
    <Section title={say('desk.demo.title')} lead={say(`desk.demo.${demo.state}`)}>
      {moving && demo.total > 0 && (
        <Progress
          label={say(`desk.demo.${demo.state}`)}
          share={done}
          text={say('desk.demo.progress', {
            made: figures.whole(demo.made),
            total: figures.whole(demo.total),
          })}
        />
      )}
      {moving && (
        <p role="status">
          {say('desk.demo.progress', { made: figures.whole(demo.made), total: figures.whole(demo.total) })}
        </p>
      )}
      {(demo.state === 'ready' || demo.state === 'making') && (
        <div>
          <Button onClick={() => setAsking(true)}>{say('desk.demo.remove')}</Button>
        </div>
      )}
      {asking && (
        <Confirm
          title={say('desk.demo.removeTitle')}
          yes={say('desk.demo.removeYes')}
          no={say('ui.cancel')}
          danger
          busy={remove.isPending}
          error={remove.error ? problemSentence(words, remove.error) : null}
          onYes={() => remove.mutate()}
          onNo={() => setAsking(false)}
        >
          <p>{say('desk.demo.removeText')}</p>
        </Confirm>
      )}
    </Section>
  );
}
