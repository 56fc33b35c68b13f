import { useQuery } from '@tanstack/react-query';
import { MailCheck, MailX } from 'lucide-react';
import { useEffect } from 'react';
import { auth } from '../../auth.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemCode, problemSentence } from '../../problem.ts';
import { refreshSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';

/**
 * What came of the link in the mail. The server has judged it already and says so by `?error=`; a link that brings
 * the token itself is judged here.
 */
export function VerifyEmailSurface() {
  const words = useWords();
  const { say } = words;
  const query = new URLSearchParams(location.search);
  const token = query.get('token');
  const refused = query.get('error');
  const check = useQuery({
    queryKey: ['verify-email', token],
    queryFn: async () => {
      if (token) await auth.verifyEmail(token);
      return true;
    },
    enabled: refused === null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (check.isSuccess) void refreshSession();
  }, [check.isSuccess]);
  if (check.isError && problemCode(check.error) === 'offline')
    return (
      <Page title={say('auth.verify.title')} width="narrow" hideTitle>
        <ErrorState title={say('auth.verify.title')} onRetry={() => void check.refetch()}>
          <p>{problemSentence(words, check.error)}</p>
        </ErrorState>
      </Page>
    );
  const failed = refused !== null || check.isError;
  const title = failed
    ? say('auth.verify.failedTitle')
    : check.isSuccess
      ? say('auth.verify.doneTitle')
      : say('auth.verify.title');
  return (
    <Page title={title} width="narrow" hideTitle>
      <EmptyState
        icon={failed ? <MailX size={34} aria-hidden="true" /> : <MailCheck size={34} aria-hidden="true" />}
        title={title}
        action={
          <Link
            href={failed ? paths.settings() : paths.forYou()}
            className={buttonClass({ look: failed ? 'quiet' : 'primary' })}
          >
            {failed ? say('auth.verify.toSettings') : say('auth.verify.toFeed')}
          </Link>
        }
      >
        <p role="status">
          {failed ? say('auth.verify.failedText') : check.isSuccess ? say('auth.verify.doneText') : ''}
        </p>
      </EmptyState>
    </Page>
  );
}
