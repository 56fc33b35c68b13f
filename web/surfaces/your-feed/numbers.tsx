import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './your-feed.module.css';

/** By which weights and caps For You is chosen here: whoever is shown something may know. */
export function Numbers() {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const [open, setOpen] = useState(false);
  const list = useQuery({
    queryKey: ['feed-numbers'],
    queryFn: ({ signal }) => api.feedNumbers(signal),
    enabled: open,
  });
  return (
    <Section title={say('yourFeed.numbers')} lead={say('yourFeed.numbers.lead')}>
      <div>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(open ? 'yourFeed.numbers.hide' : 'yourFeed.numbers.show')}
        </Button>
      </div>
      {open && list.isPending && <Skeleton width="100%" height="12rem" />}
      {open && list.isError && <Notice kind="wrong">{problemSentence(words, list.error)}</Notice>}
      {open && list.data && (
        <ul className={styles.numbers} aria-label={say('yourFeed.numbers.list')}>
          {list.data.numbers.map(({ name, value, standard, unit, reason }) => (
            <li key={name}>
              {/* Names and reasons are the program's own, in its language. */}
              <p lang="en" dir="ltr">
                <b className={styles.called}>{name.replace(/^recommend\./, '')}</b> {reason}
              </p>
              <p className={styles.value}>
                <b>{figures.decimal(value)}</b>{' '}
                <span lang="en" dir="ltr">
                  {unit}
                </span>
                {value !== standard && (
                  <small>{say('yourFeed.numbers.standard', { value: figures.decimal(standard) })}</small>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
