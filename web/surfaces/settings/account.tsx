import { BadgeCheck, MailWarning } from 'lucide-react';
import { useState } from 'react';
import type { Me } from '../../../contract/accounts.ts';
import { api } from '../../api.ts';
import { auth, passwordLength } from '../../auth.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { adoptMe } from '../../session.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { AuthForm } from '../sign-in/auth-form.tsx';
import { PasswordField } from '../sign-in/password-field.tsx';
import { PresentPassword } from './present-password.tsx';

/** What only this person sees: the address and whether it is theirs, the date of birth, the password. */
export function AccountPart({ me }: { me: Me }) {
  const { say } = useWords();
  return (
    <>
      <Section title={say('settings.account.title')}>
        <Email me={me} />
        {me.birthDateSet ? <p>{say('settings.birthDate.set')}</p> : <BirthDate />}
      </Section>
      <Section title={say('settings.password.title')}>
        <Password me={me} />
      </Section>
    </>
  );
}

function Email({ me }: { me: Me }) {
  const words = useWords();
  const { say } = words;
  const [state, setState] = useState<'idle' | 'sending' | 'sent'>('idle');
  const [failure, setFailure] = useState<unknown>(null);
  if (me.emailVerified)
    return (
      <Notice kind="done" icon={<BadgeCheck size={20} aria-hidden="true" />}>
        {say('settings.email.verified', { email: me.email })}
      </Notice>
    );
  const send = async () => {
    setState('sending');
    setFailure(null);
    try {
      await auth.sendVerificationEmail(me.email, paths.verifyEmail());
      setState('sent');
    } catch (error) {
      setFailure(error);
      setState('idle');
    }
  };
  return (
    <>
      <Notice
        icon={<MailWarning size={20} aria-hidden="true" />}
        action={
          state !== 'sent' && (
            <Button small busy={state === 'sending'} onClick={() => void send()}>
              {say('settings.email.send')}
            </Button>
          )
        }
      >
        {state === 'sent'
          ? say('settings.email.sent', { email: me.email })
          : say('settings.email.open', { email: me.email })}
      </Notice>
      {failure !== null && <Notice kind="wrong">{problemSentence(words, failure)}</Notice>}
    </>
  );
}

function BirthDate() {
  const { say } = useWords();
  const [date, setDate] = useState('');
  return (
    <AuthForm
      button={say('settings.birthDate.save')}
      busyLabel={say('ui.saving')}
      onSubmit={async () => {
        adoptMe(await api.setBirthDate(date));
        toast(say('settings.saved'));
      }}
    >
      <TextField
        label={say('settings.birthDate.label')}
        hint={say('settings.birthDate.hint')}
        type="date"
        autoComplete="bday"
        required
        min="1900-01-01"
        max={new Date().toISOString().slice(0, 10)}
        value={date}
        onChange={(event) => setDate(event.target.value)}
      />
    </AuthForm>
  );
}

function Password({ me }: { me: Me }) {
  const { say } = useWords();
  const [before, setBefore] = useState('');
  const [after, setAfter] = useState('');
  const [others, setOthers] = useState(true);
  return (
    <AuthForm
      button={say('settings.password.save')}
      busyLabel={say('ui.saving')}
      onSubmit={async () => {
        await auth.changePassword(before, after, others);
        setBefore('');
        setAfter('');
        toast(say('settings.password.saved'));
      }}
    >
      <PresentPassword me={me} value={before} onChange={setBefore} />
      <PasswordField
        label={say('auth.password.newLabel')}
        autoComplete="new-password"
        required
        minLength={passwordLength.min}
        maxLength={passwordLength.max}
        rate={[me.email, me.handle, me.displayName]}
        value={after}
        onChange={(event) => setAfter(event.target.value)}
      />
      <Switch label={say('settings.password.endOthers')} checked={others} onChange={setOthers} />
    </AuthForm>
  );
}
