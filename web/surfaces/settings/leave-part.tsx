import { useState } from 'react';
import type { Me } from '../../../contract/accounts.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { refreshSession } from '../../session.ts';
import { navigate } from '../../shell/link.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { AuthForm } from '../sign-in/auth-form.tsx';
import { PresentPassword } from './present-password.tsx';

/** The way out for good. Whoever operates the server is told why there is none for them. */
export function LeavePart({ me }: { me: Me }) {
  const { say } = useWords();
  const [asking, setAsking] = useState(false);
  const stays = me.role === 'operator';
  return (
    <Section
      title={say('settings.leave.title')}
      lead={say(stays ? 'settings.leave.stays' : 'settings.leave.lead')}
    >
      {!stays && (
        <div>
          <Button look="danger" onClick={() => setAsking(true)}>
            {say('settings.leave.open')}
          </Button>
        </div>
      )}
      {asking && <LeaveDialog me={me} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function LeaveDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const { say } = useWords();
  const [password, setPassword] = useState('');
  return (
    <Dialog title={say('settings.leave.question', { handle: me.handle })} onClose={onClose}>
      <p>{say('settings.leave.what')}</p>
      <p>{say('settings.leave.kept')}</p>
      <AuthForm
        danger
        button={say('settings.leave.yes')}
        busyLabel={say('settings.leave.busy')}
        onSubmit={async () => {
          await api.deleteAccount(password);
          await refreshSession();
          navigate(paths.forYou());
          toast(say('settings.leave.done'));
        }}
      >
        <PresentPassword me={me} value={password} onChange={setPassword} />
      </AuthForm>
    </Dialog>
  );
}
