import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { durationOf } from '../../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../../contract/edit-list.ts';
import { ApiProblem, api } from '../../../api.ts';
import { useFigures } from '../../../intl/figures.ts';
import { useWords } from '../../../intl/words.tsx';
import type { KeptDraft } from '../../../studio/takes/kept.ts';
import { Button } from '../../../ui/button.tsx';
import { RadioGroup } from '../../../ui/choice.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Progress } from '../../../ui/progress.tsx';
import styles from './account.module.css';
import { keepAccounts, keepBoth, keepDevices } from './differing.ts';
import { sentenceOf } from './on-account.tsx';

type Choice = 'both' | 'device' | 'account';
const choices: readonly Choice[] = ['both', 'device', 'account'];

/** Both versions side by side, and what is to become of them. Nothing is given up that was not named. */
export function Differ({
  accountId,
  draft,
  list,
  onClose,
}: {
  accountId: string;
  draft: KeptDraft;
  list: EditList;
  onClose: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const queries = useQueryClient();
  const [choice, setChoice] = useState<Choice>('both');
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const there = useQuery({
    queryKey: ['studio', 'differs', accountId, draft.id],
    queryFn: ({ signal }) => api.getDraft(draft.id, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const account = there.data?.draft;
  const wordsOf = (one: EditList, other: EditList | undefined) => {
    const own = wordsOnlyIn(one, other);
    return own ? [say('drafts.differ.words', { words: own })] : [];
  };
  const decide = async () => {
    stop.current = new AbortController();
    const order = { signal: stop.current.signal, onShare: setShare };
    setProblem(null);
    setShare(0);
    try {
      if (choice === 'both') await keepBoth(accountId, draft, order);
      else if (choice === 'account') await keepAccounts(accountId, draft, order);
      else await keepDevices(accountId, draft, account!.revision);
      await queries.invalidateQueries({ queryKey: ['studio'] });
      onClose();
    } catch (error) {
      if (stop.current.signal.aborted) return;
      setProblem(error instanceof ApiProblem ? error.code : (error as Error).name);
      setShare(null);
    }
  };
  const failed = problem ?? (there.error instanceof ApiProblem ? there.error.code : null);
  return (
    <Dialog
      title={say('drafts.differ.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('drafts.differ.later')}</Button>
          <Button
            look={choice === 'both' ? 'primary' : 'danger'}
            busy={share !== null || !account}
            onClick={() => void decide()}
          >
            {say(`drafts.differ.${choice}.yes`)}
          </Button>
        </>
      }
    >
      <p>{say('drafts.differ.text')}</p>
      <div className={styles.versions}>
        <Version
          title={say('drafts.differ.here')}
          facts={[
            say('drafts.differ.changed', { when: figures.moment(new Date(draft.changedAt)) }),
            figures.clock(durationOf(list)),
            say('studio.draft.clips', { count: list.clips.length }),
            ...wordsOf(list, there.data?.list),
          ]}
        />
        {account && there.data && (
          <Version
            title={say('drafts.differ.there')}
            facts={[
              say('drafts.differ.changed', { when: figures.moment(account.changedAt) }),
              figures.clock(account.durationMs),
              say('studio.draft.clips', { count: account.clips }),
              ...wordsOf(there.data.list, list),
              ...(account.device ? [say('drafts.differ.on', { device: account.device })] : []),
            ]}
          />
        )}
      </div>
      <RadioGroup
        label={say('drafts.differ.ask')}
        value={choice}
        options={choices.map((value) => ({
          value,
          label: say(`drafts.differ.${value}.label`),
          hint: say(`drafts.differ.${value}.hint`),
        }))}
        onChange={setChoice}
      />
      {share !== null && choice !== 'device' && (
        <Progress label={say('drafts.bring.title')} share={share} text={figures.percent(share)} />
      )}
      {failed && <Notice kind="wrong">{sentenceOf(words, failed)}</Notice>}
    </Dialog>
  );
}

/** Two versions look much alike from outside: by what is written in one alone, its maker knows it. */
function wordsOnlyIn(list: EditList, other: EditList | undefined): string {
  const known = new Set(other?.texts.map(({ text }) => text));
  return list.texts
    .flatMap(({ text }) => (known.has(text) ? [] : text))
    .join(' · ')
    .slice(0, 200);
}

function Version({ title, facts }: { title: string; facts: readonly string[] }) {
  return (
    <section className={styles.version}>
      <b>{title}</b>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </section>
  );
}
