import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api.ts';
import { auth, passwordLength } from '../../auth.ts';
import { useWords } from '../../intl/words.tsx';
import { backFrom, paths } from '../../paths.ts';
import { adoptMe, refreshSession, useMe } from '../../session.ts';
import { Link, navigate, Redirect } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import styles from './auth.module.css';
import { AuthForm } from './auth-form.tsx';
import { HandleField, useAvailability } from './handle-field.tsx';
import { PasswordField } from './password-field.tsx';

/**
 * A new member. If somebody was faster with the handle, the account stands and only another handle is asked for.
 */
export function SignUpSurface() {
  const { say } = useWords();
  const me = useMe();
  const back = backFrom(location.search);
  const [step, setStep] = useState<'form' | 'handle' | 'mail'>('form');
  const [making, setMaking] = useState(false);
  const [handle, setHandle] = useState('');
  if (me && step === 'form' && !making) return <Redirect to={back} />;
  if (step === 'mail')
    return (
      <Page title={say('auth.signUp.title')} width="narrow" hideTitle>
        <EmptyState icon={<MailCheck size={34} aria-hidden="true" />} title={say('auth.signUp.mailTitle')}>
          <p>{say('auth.signUp.mailText')}</p>
        </EmptyState>
      </Page>
    );
  if (step === 'handle')
    return <OtherHandle taken={handle} onDone={() => navigate(back, { replace: true })} back={back} />;
  return (
    <Page title={say('auth.signUp.title')} lead={say('auth.signUp.lead')} width="narrow">
      <Form
        handle={handle}
        onHandle={setHandle}
        onStart={() => setMaking(true)}
        onFailed={() => setMaking(false)}
        onStep={setStep}
        onDone={() => navigate(back, { replace: true })}
        back={back}
      />
    </Page>
  );
}

function Form({
  handle,
  back,
  onHandle,
  onStart,
  onFailed,
  onStep,
  onDone,
}: {
  handle: string;
  back: string;
  onHandle: (handle: string) => void;
  onStart: () => void;
  onFailed: () => void;
  onStep: (step: 'handle' | 'mail') => void;
  onDone: () => void;
}) {
  const { say, language } = useWords();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState('');
  const availability = useAvailability(handle);
  const refused = availability === 'handle_taken' || availability === 'handle_invalid';
  return (
    <AuthForm
      button={say('auth.signUp.button')}
      busyLabel={say('auth.signUp.busy')}
      ready={!refused}
      onSubmit={async () => {
        onStart();
        try {
          await auth.signUp({ email: email.trim(), password, name: name.trim() || handle, handle, language });
        } catch (error) {
          onFailed();
          throw error;
        }
        const session = await refreshSession();
        if (!session.me) return onStep('mail');
        try {
          if (session.me.handle !== handle) adoptMe(await api.changeProfile({ handle }));
        } catch {
          return onStep('handle'); // The account is made; only the handle is still open.
        }
        onDone();
      }}
      after={
        <div className={styles.links}>
          <span>{say('auth.signUp.already')}</span>
          <Link href={paths.signIn(back)}>{say('auth.signIn.title')}</Link>
        </div>
      }
    >
      <HandleField value={handle} availability={availability} onChange={onHandle} />
      <TextField
        label={say('auth.name.label')}
        hint={say('auth.name.hint')}
        name="name"
        autoComplete="name"
        dir="auto"
        maxLength={50}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={say('auth.email.label')}
        hint={say('auth.email.hint')}
        type="email"
        name="email"
        autoComplete="email"
        inputMode="email"
        dir="ltr"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        label={say('auth.password.label')}
        name="new-password"
        autoComplete="new-password"
        required
        minLength={passwordLength.min}
        maxLength={passwordLength.max}
        rate={[email, handle, name]}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
    </AuthForm>
  );
}

function OtherHandle({ taken, back, onDone }: { taken: string; back: string; onDone: () => void }) {
  const { say } = useWords();
  const [handle, setHandle] = useState(taken);
  const availability = useAvailability(handle);
  return (
    <Page title={say('auth.handle.title')} width="narrow">
      <Notice kind="done">{say('auth.handle.accountMade')}</Notice>
      <AuthForm
        button={say('auth.handle.button')}
        busyLabel={say('auth.handle.busy')}
        onSubmit={async () => {
          adoptMe(await api.changeProfile({ handle }));
          onDone();
        }}
        after={
          <Link href={back} className={buttonClass({ look: 'plain', wide: true })}>
            {say('auth.handle.later')}
          </Link>
        }
      >
        <HandleField value={handle} availability={availability} onChange={setHandle} />
      </AuthForm>
    </Page>
  );
}
