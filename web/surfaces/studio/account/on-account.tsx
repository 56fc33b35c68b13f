import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem, api } from '../../../api.ts';
import { useFigures } from '../../../intl/figures.ts';
import { useWords } from '../../../intl/words.tsx';
import { problemSentence } from '../../../problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Switch } from '../../../ui/choice.tsx';
import { Confirm } from '../../../ui/dialog.tsx';
import { Progress } from '../../../ui/progress.tsx';
import styles from './account.module.css';
import type { Where } from './copies.rules.ts';
import type { Copy } from './copies.ts';
import { keepOnAccount, stopKeeping, useGoings } from './syncing.ts';
import { accountKey } from './use-account-drafts.ts';

/** Where a draft of this device is, and the wish that its account has it too. */
export function OnAccount({
  accountId,
  draftId,
  where,
  copy,
  onChoose,
}: {
  accountId: string;
  draftId: string;
  where: Where;
  copy: Copy | null;
  onChoose: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const going = useGoings().get(draftId) ?? null;
  const [stopping, setStopping] = useState(false);
  /** Switched on, and not on the disk yet. */
  const [wished, setWished] = useState(false);
  const kept = copy !== null && !copy.coming;
  useEffect(() => {
    if (kept) setWished(false);
  }, [kept]);
  const phase = kept ? (going?.phase ?? null) : null;
  const differs = where === 'differs' || phase === 'differs';
  const share = going?.share ?? 0;
  const text = differs
    ? say('drafts.where.differs')
    : phase === 'stopped'
      ? sentenceOf(words, going!.code)
      : phase === 'waiting' || phase === 'paused'
        ? say(`drafts.where.${phase}`)
        : where === 'sending'
          ? say('drafts.where.sending', { share: figures.percent(share) })
          : say(`drafts.where.${where}`);
  return (
    <div className={styles.account}>
      <Switch
        label={say('drafts.keep')}
        hint={text}
        checked={kept || wished}
        onChange={(on) => {
          if (!on) return setStopping(true);
          setWished(true);
          void keepOnAccount(accountId, draftId).catch(() => setWished(false));
        }}
      />
      {phase === 'sending' && <Progress quiet label={text} share={share} text={figures.percent(share)} />}
      {differs ? (
        <Button small onClick={onChoose}>
          {say('drafts.choose')}
        </Button>
      ) : phase === 'paused' ? (
        <Button small onClick={() => void keepOnAccount(accountId, draftId, true)}>
          {say('drafts.sendNow')}
        </Button>
      ) : (
        phase === 'stopped' && (
          <Button small onClick={() => void keepOnAccount(accountId, draftId)}>
            {say('drafts.again')}
          </Button>
        )
      )}
      {stopping && copy && (
        <Stop accountId={accountId} draftId={draftId} copy={copy} onClose={() => setStopping(false)} />
      )}
    </div>
  );
}

/** What stopped it, in words; what has none of its own is ours. */
export function sentenceOf(words: ReturnType<typeof useWords>, code: string | null): string {
  const id = `drafts.problem.${code}`;
  return words.knows(id) ? words.say(id) : problemSentence(words, new ApiProblem(code ?? 'internal', 0));
}

function Stop({
  accountId,
  draftId,
  copy,
  onClose,
}: {
  accountId: string;
  draftId: string;
  copy: Copy;
  onClose: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = async () => {
    setBusy(true);
    try {
      await takeOff(accountId, draftId, copy);
      await queries.invalidateQueries({ queryKey: accountKey });
      onClose();
    } catch (error) {
      setProblem(sentenceOf(words, error instanceof ApiProblem ? error.code : 'internal'));
      setBusy(false);
    }
  };
  return (
    <Confirm
      title={say('drafts.stop.title')}
      yes={say('drafts.stop.yes')}
      no={say('drafts.stop.no')}
      busy={busy}
      error={problem}
      onNo={onClose}
      onYes={() => void stop()}
    >
      <p>{say('drafts.stop.text')}</p>
    </Confirm>
  );
}

/** From the account, as this device knows it: what was changed elsewhere since is not taken away unseen. */
export async function takeOff(accountId: string, draftId: string, copy: Copy): Promise<void> {
  await api.removeDraft(draftId, copy.revision > 0 ? copy.revision : undefined);
  await stopKeeping(accountId, draftId);
}
