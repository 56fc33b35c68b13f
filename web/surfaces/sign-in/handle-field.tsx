import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ApiProblem, api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { TextField } from '../../ui/field.tsx';
import styles from './auth.module.css';

/** Whether a handle can be had, asked while it is typed. `own` needs no asking. */
type Availability = 'none' | 'asking' | 'free' | 'own' | 'handle_taken' | 'handle_invalid' | 'unknown';

const pauseMs = 300; // Not for every letter: a person types about five a second.

export function useAvailability(handle: string, own?: string): Availability {
  const [answer, setAnswer] = useState<{ handle: string; availability: Availability } | null>(null);
  useEffect(() => {
    if (handle === '' || handle === own) return undefined;
    const leaving = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const reply = await api.checkHandle(handle, leaving.signal);
        setAnswer({ handle, availability: reply.free ? 'free' : (reply.code ?? 'handle_taken') });
      } catch (error) {
        // Not known is not "taken": saving decides in the end.
        if (error instanceof ApiProblem) setAnswer({ handle, availability: 'unknown' });
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [handle, own]);
  if (handle === '') return 'none';
  if (handle === own) return 'own';
  return answer?.handle === handle ? answer.availability : 'asking';
}

export function HandleField({
  value,
  availability,
  error,
  onChange,
}: {
  value: string;
  availability: Availability;
  error?: string | null;
  onChange: (handle: string) => void;
}) {
  const { say } = useWords();
  const refused = availability === 'handle_taken' || availability === 'handle_invalid';
  return (
    <TextField
      label={say('auth.handle.label')}
      before="@"
      value={value}
      required
      maxLength={30}
      autoCapitalize="none"
      autoCorrect="off"
      autoComplete="username"
      spellCheck={false}
      dir="auto"
      error={refused ? say(`problem.${availability}`) : error}
      hint={
        <span className={styles.availability} role="status">
          {availability === 'free' ? (
            <>
              <Check size={16} aria-hidden="true" />
              {say('auth.handle.free', { handle: value })}
            </>
          ) : availability === 'asking' ? (
            say('auth.handle.asking')
          ) : (
            say('auth.handle.hint')
          )}
        </span>
      }
      onChange={(event) => onChange(event.target.value.trim().replace(/^@+/, ''))}
    />
  );
}
