import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';

/** What each of a person's videos begins with, and what can be said of the earlier ones at once. */
export function FromTheStart<Value>({
  what,
  name,
  height,
  ask,
  put,
  earlierText,
  children,
}: {
  /** Its words end with this. */
  what: 'allow' | 'comments';
  /** Under this others ask for it too. */
  name: string;
  /** Of the place that is kept until it is known. */
  height: string;
  ask: (signal: AbortSignal) => Promise<Value>;
  put: (value: Value, earlierToo: boolean) => Promise<Value>;
  earlierText: (now: Value) => string;
  children: (now: Value, press: (value: Value) => void) => ReactNode;
}) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const key = [name];
  const [asking, setAsking] = useState(false);
  // What was pressed is seen at once; a refusal puts it back, and says so.
  const [pressed, setPressed] = useState<Value | null>(null);
  const own = useQuery({ queryKey: key, queryFn: ({ signal }) => ask(signal) });
  const save = useMutation({
    mutationFn: ({ value, earlierToo }: { value: Value; earlierToo: boolean }) => put(value, earlierToo),
    onSuccess: (now, { earlierToo }) => {
      queries.setQueryData(key, now);
      setAsking(false);
      toast(say(earlierToo ? 'fromTheStart.savedAll' : 'fromTheStart.saved'));
      if (earlierToo) void queries.invalidateQueries({ queryKey: ['my-videos'] });
    },
    onSettled: (_, __, { value }) => setPressed((latest) => (latest === value ? null : latest)),
  });
  const now = pressed ?? own.data;
  const wrong = save.error ? problemSentence(words, save.error) : null;
  return (
    <Section title={say(`fromTheStart.title.${what}`)} lead={say(`fromTheStart.lead.${what}`)}>
      {own.isPending && <Skeleton width="100%" height={height} />}
      {own.isError && (
        <ErrorState title={say(`fromTheStart.failed.${what}`)} onRetry={() => void own.refetch()}>
          <p>{problemSentence(words, own.error)}</p>
        </ErrorState>
      )}
      {wrong && !asking && <Notice kind="wrong">{wrong}</Notice>}
      {now !== undefined && (
        <>
          {children(now, (value) => {
            setPressed(() => value);
            save.mutate({ value, earlierToo: false });
          })}
          <div>
            <Button onClick={() => setAsking(true)}>{say(`fromTheStart.earlier.${what}`)}</Button>
          </div>
        </>
      )}
      {asking && now !== undefined && (
        <Confirm
          title={say('fromTheStart.earlierTitle')}
          yes={say('fromTheStart.earlierYes')}
          no={say('ui.cancel')}
          busy={save.isPending}
          error={wrong}
          onYes={() => save.mutate({ value: now, earlierToo: true })}
          onNo={() => setAsking(false)}
        >
          <p>{earlierText(now)}</p>
        </Confirm>
      )}
    </Section>
  );
}
