import { useEffect, useState } from 'react';
import { ApiProblem } from '../../../api.ts';
import { useFigures } from '../../../intl/figures.ts';
import { useWords } from '../../../intl/words.tsx';
import type { KeptDraft } from '../../../studio/takes/kept.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { bringDraft } from './bring.ts';
import { sentenceOf } from './on-account.tsx';

/** The account's draft comes to this device; stopped, it goes on from there the next time. */
export function Bringing({
  accountId,
  draftId,
  onBrought,
  onInstead,
  onClose,
}: {
  accountId: string;
  draftId: string;
  onBrought: (draft: KeptDraft) => void;
  /** Opens what this device has of it, as it is. */
  onInstead?: () => void;
  onClose: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const [share, setShare] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once for each try; `onBrought` is of the first
  useEffect(() => {
    const stop = new AbortController();
    setProblem(null);
    bringDraft(accountId, draftId, { signal: stop.signal, onShare: setShare }).then(
      (draft) => !stop.signal.aborted && onBrought(draft),
      (error) => !stop.signal.aborted && setProblem(error instanceof ApiProblem ? error.code : error.name),
    );
    return () => stop.abort();
  }, [accountId, draftId, turn]);
  return (
    <Dialog
      title={say('drafts.bring.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('drafts.bring.stop')}</Button>
          {onInstead && <Button onClick={onInstead}>{say('drafts.bring.instead')}</Button>}
          {problem && (
            <Button look="primary" onClick={() => setTurn(turn + 1)}>
              {say('drafts.again')}
            </Button>
          )}
        </>
      }
    >
      {problem ? (
        <Notice kind="wrong">{sentenceOf(words, problem)}</Notice>
      ) : (
        <>
          <p>{say('drafts.bring.text')}</p>
          <Progress label={say('drafts.bring.title')} share={share} text={figures.percent(share)} />
        </>
      )}
    </Dialog>
  );
}
