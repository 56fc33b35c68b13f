import { useState } from 'react';
import type { Taste } from '../../../contract/taste.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { forgetTaste } from '../../taste.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './your-feed.module.css';

/** Forgets what was learned, after saying exactly what goes and what stays. */
export function StartOver({ taste }: { taste: Taste }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const [asking, setAsking] = useState(false);
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const views = Math.max(0, Math.round(taste.learnedFrom));
  const forget = async () => {
    setState({ busy: true, error: null });
    try {
      await forgetTaste();
      setAsking(false);
      setState({ busy: false, error: null });
      toast(say('yourFeed.reset.done'));
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const list = (name: 'goes' | 'stays', lines: string[]) => (
    <div>
      <p className={styles.listed}>{say(`yourFeed.reset.${name}`)}</p>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
  return (
    <Section title={say('yourFeed.reset')} lead={say('yourFeed.reset.lead')}>
      <div>
        <Button onClick={() => setAsking(true)}>{say('yourFeed.reset.button')}</Button>
      </div>
      {asking && (
        <Confirm
          title={say('yourFeed.reset.title')}
          yes={say('yourFeed.reset.yes')}
          no={say('yourFeed.reset.no')}
          danger
          busy={state.busy}
          error={state.error === null ? null : problemSentence(words, state.error)}
          onYes={() => void forget()}
          onNo={() => setAsking(false)}
        >
          {list('goes', [
            say('yourFeed.reset.goes.learned', { count: views, short: figures.compact(views) }),
            say('yourFeed.reset.goes.reasons'),
          ])}
          {list('stays', [
            say('yourFeed.reset.stays.seen'),
            say('yourFeed.reset.stays.said'),
            say('yourFeed.reset.stays.account'),
          ])}
        </Confirm>
      )}
    </Section>
  );
}
