import type { Me } from '../../../contract/accounts.ts';
import { useWords } from '../../intl/words.tsx';
import { PasswordField } from '../sign-in/password-field.tsx';

/** The password of the account at hand, with whose it is for password managers. */
export function PresentPassword({
  me,
  value,
  onChange,
}: {
  me: Me;
  value: string;
  onChange: (password: string) => void;
}) {
  const { say } = useWords();
  return (
    <>
      <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
      <PasswordField
        label={say('settings.password.before')}
        autoComplete="current-password"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}
