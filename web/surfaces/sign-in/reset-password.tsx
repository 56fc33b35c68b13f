import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { auth, passwordLength } from '../../auth.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link, navigate } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './auth.module.css';
import { AuthForm } from './auth-form.tsx';
import { PasswordField } from './password-field.tsx';

/** Without a token: ask for the mail. With the token of the mail: set the new password. */
export function ResetPasswordSurface() {
  const query = new URLSearchParams(location.search);
  const token = query.get('token');
  return token ? <SetNew token={token} /> : <AskForMail expired={query.has('error')} />;
}

function AskForMail({ expired }: { expired: boolean }) {
  const { say } = useWords();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  if (sent)
    return (
      <Page title={say('auth.reset.title')} width="narrow" hideTitle>
        <EmptyState
          icon={<MailCheck size={34} aria-hidden="true" />}
          title={say('auth.reset.sentTitle')}
          action={
            <Link href={paths.signIn()} className={buttonClass({ look: 'quiet' })}>
              {say('auth.reset.toSignIn')}
            </Link>
          }
        >
          <p role="status">{say('auth.reset.sentText', { email: email.trim() })}</p>
        </EmptyState>
      </Page>
    );
  return (
    <Page title={say('auth.reset.title')} lead={say('auth.reset.lead')} width="narrow">
      {expired && <Notice kind="wrong">{say('problem.INVALID_TOKEN')}</Notice>}
      <AuthForm
        button={say('auth.reset.send')}
        busyLabel={say('auth.reset.sending')}
        onSubmit={async () => {
          await auth.requestPasswordReset(email.trim(), paths.resetPassword());
          setSent(true);
        }}
        after={
          <div className={styles.links}>
            <Link href={paths.signIn()}>{say('auth.reset.toSignIn')}</Link>
          </div>
        }
      >
        <TextField
          label={say('auth.email.label')}
          type="email"
          name="email"
          autoComplete="email"
          inputMode="email"
          dir="ltr"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </AuthForm>
    </Page>
  );
}

function SetNew({ token }: { token: string }) {
  const { say } = useWords();
  const [password, setPassword] = useState('');
  return (
    <Page title={say('auth.reset.newTitle')} lead={say('auth.reset.newLead')} width="narrow">
      <AuthForm
        button={say('auth.reset.save')}
        busyLabel={say('auth.reset.saving')}
        onSubmit={async () => {
          await auth.resetPassword(password, token);
          toast(say('auth.reset.done'));
          navigate(paths.signIn(), { replace: true });
        }}
        after={
          <div className={styles.links}>
            <Link href={paths.resetPassword()}>{say('auth.reset.again')}</Link>
          </div>
        }
      >
        <PasswordField
          label={say('auth.password.newLabel')}
          name="new-password"
          autoComplete="new-password"
          required
          minLength={passwordLength.min}
          maxLength={passwordLength.max}
          rate={[]}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </AuthForm>
    </Page>
  );
}
