import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { DraftMaterial } from '../../../../contract/drafts.ts';
import { durationOf } from '../../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../../contract/edit-list.ts';
import { ApiProblem, api } from '../../../api.ts';
import { useFigures } from '../../../intl/figures.ts';
import { useWords } from '../../../intl/words.tsx';
import type { KeptDraft } from '../../../studio/takes/kept.ts';
import { Button } from '../../../ui/button.tsx';
import { RadioGroup } from '../../../ui/choice.tsx';
import { Confirm, Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Progress } from '../../../ui/progress.tsx';
import styles from './account.module.css';
import { coverOf } from './covers.ts';
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
  /** A version would be removed: asked once more. */
  const [sure, setSure] = useState(false);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const there = useQuery({
    queryKey: ['studio', 'differs', accountId, draft.id],
    queryFn: ({ signal }) => api.getDraft(draft.id, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const account = there.data?.draft;
  const materials = there.data?.materials ?? null;
  const coverHere = useCover(list, materials, draft.id, `here ${draft.changedAt}`);
  const coverThere = useCover(there.data?.list ?? null, materials, draft.id, `there ${account?.revision}`);
  const wordsOf = (one: EditList, other: EditList | undefined) => {
    const own = wordsOnlyIn(one, other);
    return own ? [say('drafts.differ.words', { words: own })] : [];
  };
  const decide = async () => {
    setSure(false);
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
            look="primary"
            busy={share !== null || !account}
            onClick={() => (choice === 'both' ? void decide() : setSure(true))}
          >
            {say(`drafts.differ.${choice}.keep`)}
          </Button>
        </>
      }
    >
      <p>{say('drafts.differ.text')}</p>
      <div className={styles.versions}>
        <Version
          title={say('drafts.differ.here')}
          cover={coverHere}
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
            cover={coverThere}
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
      {sure && choice !== 'both' && (
        <Confirm
          title={say(`drafts.differ.${choice}.title`)}
          yes={say(`drafts.differ.${choice}.yes`)}
          no={say('ui.cancel')}
          danger
          onNo={() => setSure(false)}
          onYes={() => void decide()}
        >
          <p>{say(`drafts.differ.${choice}.text`)}</p>
        </Confirm>
      )}
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

/** Drawn when all is known that it may need. */
function useCover(
  list: EditList | null,
  materials: readonly DraftMaterial[] | null,
  draftId: string,
  version: string,
): string | null {
  const [url, setUrl] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says when it is another list
  useEffect(() => {
    if (!list || !materials) return undefined;
    const leave = new AbortController();
    let made = '';
    void coverOf(list, materials, draftId, leave.signal).then((cover) => {
      if (!cover || leave.signal.aborted) return;
      made = URL.createObjectURL(cover);
      setUrl(made);
    });
    return () => {
      leave.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, [version, materials !== null, draftId]);
  return url;
}

function Version({ title, cover, facts }: { title: string; cover: string | null; facts: readonly string[] }) {
  return (
    <section className={styles.version}>
      <span className={styles.cover}>{cover && <img src={cover} alt="" />}</span>
      <b>{title}</b>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </section>
  );
}
