import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { auth } from '../../auth.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorState } from '../../ui/state.tsx';
import { deviceOf } from './device.rules.ts';
import styles from './settings.module.css';

/** Where this person is signed in, and a way to end each. */
export function SessionsPart() {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => {
      const [sessions, current] = await Promise.all([auth.listSessions(), auth.currentSession()]);
      return { sessions, current: current?.session.token ?? null };
    },
  });
  const renew = () => queries.invalidateQueries({ queryKey: ['sessions'] });
  const end = useMutation({ mutationFn: auth.endSession, onSuccess: renew });
  const endOthers = useMutation({ mutationFn: auth.endOtherSessions, onSuccess: renew });
  const failure = end.error ?? endOthers.error;
  const sessions = list.data?.sessions ?? [];
  return (
    <Section title={say('settings.sessions.title')} lead={say('settings.sessions.lead')}>
      {list.isPending && <Skeleton width="100%" height="4rem" />}
      {list.isError && (
        <ErrorState title={say('settings.sessions.failed')} onRetry={() => void list.refetch()}>
          <p>{problemSentence(words, list.error)}</p>
        </ErrorState>
      )}
      {failure && <Notice kind="wrong">{problemSentence(words, failure)}</Notice>}
      <ul className={styles.sessions}>
        {sessions.map((session) => {
          const device = deviceOf(session.userAgent ?? '');
          const name = say('settings.sessions.device', {
            browser: device.browser ?? say('settings.sessions.unknownBrowser'),
            system: device.system ?? 'none',
          });
          const mine = session.token === list.data?.current;
          return (
            <li key={session.id} className={styles.session}>
              <MonitorSmartphone size={22} aria-hidden="true" />
              <div className={styles.words}>
                <p className={styles.name}>{name}</p>
                <p className={styles.facts}>
                  {mine
                    ? say('settings.sessions.this')
                    : say('settings.sessions.since', { when: figures.moment(session.createdAt) })}
                </p>
              </div>
              {!mine && (
                <Button
                  small
                  busy={end.isPending && end.variables === session.token}
                  aria-label={say('settings.sessions.endNamed', { name })}
                  onClick={() => end.mutate(session.token)}
                >
                  {say('settings.sessions.end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {say('settings.sessions.endOthers')}
          </Button>
        </div>
      )}
    </Section>
  );
}
