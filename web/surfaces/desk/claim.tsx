import { KeyRound } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { adoptMe, useInstance, useSession } from '../../session.ts';
import { Link, navigate } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';

/** The one-time link of the first start: whoever opens it and is signed in becomes operator with one press. */
export function ClaimSurface({ token }: { token: string }) {
  const words = useWords();
  const { say } = words;
  const session = useSession();
  const name = useInstance()?.name ?? '';
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) summary.current?.focus();
  }, [failure]);
  const here = paths.claim(token);
  const claim = async () => {
    setBusy(true);
    setFailure(null);
    try {
      adoptMe(await api.claimOperator(token));
      navigate(paths.desk(), { replace: true });
    } catch (error) {
      setFailure({ error });
      setBusy(false);
    }
  };
  const me = session?.me;
  return (
    <Page title={say('claim.title')} width="narrow" hideTitle>
      <EmptyState
        icon={<KeyRound size={34} aria-hidden="true" />}
        title={say('claim.title')}
        action={
          me?.role === 'operator' ? (
            <Link href={paths.desk()} className={buttonClass({ look: 'primary' })}>
              {say('claim.toDesk')}
            </Link>
          ) : me ? (
            <Button look="primary" busy={busy} onClick={() => void claim()}>
              {say('claim.button')}
            </Button>
          ) : session ? (
            <>
              <Link href={paths.signUp(here)} className={buttonClass({ look: 'primary' })}>
                {say('auth.signUp.title')}
              </Link>
              <Link href={paths.signIn(here)} className={buttonClass({ look: 'quiet' })}>
                {say('auth.signIn.title')}
              </Link>
            </>
          ) : null
        }
      >
        <p>
          {me?.role === 'operator'
            ? say('claim.already')
            : me
              ? say('claim.text', { handle: me.handle, name })
              : say('claim.signInFirst', { name })}
        </p>
      </EmptyState>
      {failure && (
        <Notice kind="wrong" ref={summary}>
          {problemSentence(words, failure.error)}
        </Notice>
      )}
    </Page>
  );
}
