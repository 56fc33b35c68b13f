import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Allowed } from '../../../contract/credits.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';
import { Allow } from '../credits/allow.tsx';

const key = ['making'];

/** What others may make with this person's videos from the start. */
export function MakingPart() {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const own = useQuery({ queryKey: key, queryFn: ({ signal }) => api.getMaking(signal) });
  const save = useMutation({
    mutationFn: ({ allowed, earlierToo }: { allowed: Allowed; earlierToo: boolean }) =>
      api.setMaking(allowed, earlierToo),
    onSuccess: (allowed, { earlierToo }) => {
      queries.setQueryData(key, allowed);
      setAsking(false);
      toast(say(earlierToo ? 'allow.account.savedAll' : 'allow.account.saved'));
      if (earlierToo) void queries.invalidateQueries({ queryKey: ['my-videos'] });
    },
  });
  // What was pressed is seen at once; a refusal puts it back, and says so.
  const now = save.isPending ? save.variables.allowed : own.data;
  return (
    <Section title={say('allow.account.title')} lead={say('allow.account.lead')}>
      {own.isPending && <Skeleton width="100%" height="14rem" />}
      {own.isError && (
        <ErrorState title={say('allow.account.failed')} onRetry={() => void own.refetch()}>
          <p>{problemSentence(words, own.error)}</p>
        </ErrorState>
      )}
      {save.error && !asking && <Notice kind="wrong">{problemSentence(words, save.error)}</Notice>}
      {now && (
        <>
          <Allow allowed={now} template onChange={(allowed) => save.mutate({ allowed, earlierToo: false })} />
          <div>
            <Button onClick={() => setAsking(true)}>{say('allow.account.earlier')}</Button>
          </div>
        </>
      )}
      {asking && now && (
        <Confirm
          title={say('allow.account.earlierTitle')}
          yes={say('allow.account.earlierYes')}
          no={say('ui.cancel')}
          busy={save.isPending}
          error={save.error ? problemSentence(words, save.error) : null}
          onYes={() => save.mutate({ allowed: now, earlierToo: true })}
          onNo={() => setAsking(false)}
        >
          <p>{say('allow.account.earlierText')}</p>
        </Confirm>
      )}
    </Section>
  );
}
