import { X } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import type { TasteSettings } from '../../../contract/taste.ts';
import { useWords } from '../../intl/words.tsx';
import { setTaste } from '../../taste.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { TextField } from '../../ui/field.tsx';
import { Section } from '../../ui/page.tsx';
import { useChange } from './change.ts';
import { mutedLimits, mutedWith } from './muting.rules.ts';
import styles from './your-feed.module.css';

/** Words, phrases and hashtags that nobody should have to read. */
export function Muting({ settings }: { settings: TasteSettings }) {
  const { say } = useWords();
  const change = useChange();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLDivElement>(null);
  const { mutedWords, mutedTags } = settings;
  const add = (event: FormEvent) => {
    event.preventDefault();
    const answer = mutedWith(settings, typed);
    if ('fault' in answer) return setFault(say(`yourFeed.muting.${answer.fault}`, mutedLimits));
    setFault(null);
    setTyped('');
    const { muted, added } = answer;
    return void change(
      async () => {
        await Promise.all([
          muted.mutedWords.length > mutedWords.length && setTaste('mutedWords', muted.mutedWords),
          muted.mutedTags.length > mutedTags.length && setTaste('mutedTags', muted.mutedTags),
        ]);
      },
      say('yourFeed.muting.added', { what: added.join(', ') }),
    );
  };
  const remove = (name: 'mutedWords' | 'mutedTags', one: string) => {
    // The button goes with its word; the focus stays in this part of the page.
    field.current?.querySelector('input')?.focus();
    const shown = name === 'mutedTags' ? `#${one}` : one;
    return change(
      () =>
        setTaste(
          name,
          settings[name].filter((other) => other !== one),
        ),
      say('yourFeed.muting.removed', { what: shown }),
    );
  };
  const muted = [
    ...mutedWords.map((one) => ({ one, name: 'mutedWords' as const, shown: one })),
    ...mutedTags.map((one) => ({ one, name: 'mutedTags' as const, shown: `#${one}` })),
  ];
  return (
    <Section title={say('yourFeed.muting')} lead={say('yourFeed.muting.lead')}>
      <form className={classes(styles.another, styles.typing)} onSubmit={add} noValidate>
        <div ref={field}>
          <TextField
            label={say('yourFeed.muting.label')}
            hint={say('yourFeed.muting.hint')}
            error={fault}
            dir="auto"
            autoComplete="off"
            autoCapitalize="none"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setFault(null);
            }}
          />
        </div>
        <Button type="submit">{say('yourFeed.muting.add')}</Button>
      </form>
      {muted.length > 0 && (
        <ul className={styles.muted} aria-label={say('yourFeed.muting.list')}>
          {muted.map(({ one, name, shown }) => (
            <li key={`${name} ${one}`}>
              <bdi>{shown}</bdi>
              <button
                type="button"
                aria-label={say('yourFeed.muting.remove', { what: shown })}
                onClick={() => void remove(name, one)}
              >
                <X size={18} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.count}>
        {say('yourFeed.muting.count', {
          words: mutedWords.length,
          tags: mutedTags.length,
          most: mutedLimits.each,
        })}
      </p>
    </Section>
  );
}
