import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { passwordLength } from '../../auth.ts';
import { useWords } from '../../intl/words.tsx';
import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from './auth.module.css';
import { strengthOf } from './password.rules.ts';

/** A password, hidden until asked for. With `rate`, it says how well the new one holds. */
export function PasswordField({
  rate,
  value,
  ...field
}: Omit<ComponentProps<typeof TextField>, 'value' | 'type' | 'hint'> & {
  value: string;
  /** Words that a good password does not contain, such as the address. */
  rate?: readonly string[];
}) {
  const { say } = useWords();
  const [shown, setShown] = useState(false);
  const strength = strengthOf(value, rate);
  return (
    <TextField
      {...field}
      value={value}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      after={
        <IconButton
          label={shown ? say('auth.password.hide') : say('auth.password.show')}
          icon={shown ? <EyeOff size={20} aria-hidden="true" /> : <Eye size={20} aria-hidden="true" />}
          onClick={() => setShown(!shown)}
        />
      }
      hint={
        rate && (
          <span className={styles.strength} data-strength={value ? strength : 'none'}>
            <span className={styles.bars} aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span>
              {value
                ? say(`auth.password.${strength}`, passwordLength)
                : say('auth.password.hint', passwordLength)}
            </span>
          </span>
        )
      }
    />
  );
}
