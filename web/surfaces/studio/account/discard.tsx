import { useState } from 'react';
import { ApiProblem } from '../../../api.ts';
import { useWords } from '../../../intl/words.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { throwAway } from '../project.ts';
import type { Copy } from './copies.ts';
import { sentenceOf, takeOff } from './on-account.tsx';
import { stopKeeping } from './syncing.ts';

/** A draft that is in two places is discarded in one or in both. */
export function Discard({
  accountId,
  draftId,
  copy,
  isThere,
  onClose,
  onGone,
}: {
  accountId: string;
  draftId: string;
  copy: Copy;
  /** All of it, as it is here. */
  isThere: boolean;
  onClose: () => void;
  onGone: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const [busy, setBusy] = useState<'here' | 'everywhere' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const discard = async (where: 'here' | 'everywhere') => {
    setBusy(where);
    try {
      if (where === 'everywhere') await takeOff(accountId, draftId, copy);
      else await stopKeeping(accountId, draftId);
      await throwAway(draftId);
      onGone();
    } catch (error) {
      setProblem(sentenceOf(words, error instanceof ApiProblem ? error.code : 'internal'));
      setBusy(null);
    }
  };
  return (
    <Dialog
      title={say('studio.draft.discard.title')}
      onClose={onClose}
      keepOpen={busy !== null}
      actions={
        <>
          <Button onClick={onClose} data-first-focus disabled={busy !== null}>
            {say('studio.draft.discard.no')}
          </Button>
          <Button look="danger" busy={busy !== null} onClick={() => void discard('here')}>
            {say('drafts.discard.here')}
          </Button>
          <Button look="danger" busy={busy !== null} onClick={() => void discard('everywhere')}>
            {say('drafts.discard.everywhere')}
          </Button>
        </>
      }
    >
      <p>{say(isThere ? 'drafts.discard.text' : 'drafts.discard.notWhole')}</p>
      {problem && <Notice kind="wrong">{problem}</Notice>}
    </Dialog>
  );
}
