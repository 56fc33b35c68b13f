import { useState } from 'react';
import { auth } from '../../auth.ts';
import { useWords } from '../../intl/words.tsx';
import { backFrom, paths } from '../../paths.ts';
import { refreshSession, useMe } from '../../session.ts';
import { Link, navigate, Redirect } from '../../shell/link.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import styles from './auth.module.css';
import { AuthForm } from './auth-form.tsx';
import { PasswordField } from './password-field.tsx';

/** Back in, and back to where one came from. */
export function SignInSurface() {
  const { say } = useWords();
  const me = useMe();
  const back = backFrom(location.search);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  if (me) return <Redirect to={back} />;
  return (
    <Page title={say('auth.signIn.title')} lead={say('auth.signIn.lead')} width="narrow">
      <AuthForm
        button={say('auth.signIn.button')}
        busyLabel={say('auth.signIn.busy')}
        onSubmit={async () => {
          await auth.signIn(email.trim(), password);
          await refreshSession();
          navigate(back, { replace: true });
        }}
        after={
          <div className={styles.links}>
            <Link href={paths.resetPassword()}>{say('auth.forgot')}</Link>
            <span>{say('auth.signIn.new')}</span>
            <Link href={paths.signUp(back)}>{say('auth.signUp.title')}</Link>
          </div>
        }
      >
        <TextField
          label={say('auth.email.label')}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          dir="ltr"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label={say('auth.password.label')}
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </AuthForm>
    </Page>
  );
}
