import { useQueryClient } from '@tanstack/react-query';
import { Cloud, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AccountDraft as Draft } from '../../../../contract/drafts.ts';
import { ApiProblem, api } from '../../../api.ts';
import { useFigures } from '../../../intl/figures.ts';
import { useWords } from '../../../intl/words.tsx';
import { IconButton } from '../../../ui/button.tsx';
import { Confirm } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { openProject } from '../project.ts';
import { Rendered } from '../rendering/rendered.tsx';
import styles from '../start-room.module.css';
import { Bringing } from './bringing.tsx';
import { sentenceOf } from './on-account.tsx';
import { stopKeeping } from './syncing.ts';

/** A draft that is on the account and not on this device: opened, it comes here first. */
export function AccountDraft({ accountId, draft }: { accountId: string; draft: Draft }) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<'bring' | 'remove' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [unread, setUnread] = useState(false);
  const when = figures.ago(draft.changedAt);
  const remove = async () => {
    setBusy(true);
    try {
      await api.removeDraft(draft.id, draft.revision);
      await stopKeeping(accountId, draft.id);
      await queries.invalidateQueries({ queryKey: ['studio'] });
      setDoing(null);
    } catch (error) {
      setProblem(sentenceOf(words, error instanceof ApiProblem ? error.code : 'internal'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className={styles.draft}>
      <div className={styles.row}>
        <button type="button" className={styles.open} onClick={() => setDoing('bring')}>
          <span className={styles.cover}>
            <Cloud size={20} aria-hidden="true" />
          </span>
          <span className={styles.words}>
            <b>{say('studio.draft.clips', { count: draft.clips })}</b>
            <span>{say('studio.draft.facts', { duration: figures.clock(draft.durationMs), when })}</span>
            <span>
              {draft.device
                ? say('drafts.where.accountFrom', { device: draft.device, size: figures.bytes(draft.bytes) })
                : say('drafts.where.account', { size: figures.bytes(draft.bytes) })}
            </span>
          </span>
        </button>
        <IconButton
          label={say('studio.draft.discardFor', { when })}
          icon={<Trash2 size={20} aria-hidden="true" />}
          onClick={() => setDoing('remove')}
        />
      </div>
      <Rendered
        draftId={draft.id}
        revision={draft.complete ? draft.revision : null}
        list={async () => (await api.getDraft(draft.id)).list}
      />
      {unread && <Notice kind="wrong">{say('studio.draft.unreadable')}</Notice>}
      {doing === 'bring' && (
        <Bringing
          accountId={accountId}
          draftId={draft.id}
          onClose={() => setDoing(null)}
          onBrought={(brought) => {
            setDoing(null);
            void openProject(brought).then((opened) => {
              setUnread(!opened);
              void queries.invalidateQueries({ queryKey: ['studio'] });
            });
          }}
        />
      )}
      {doing === 'remove' && (
        <Confirm
          title={say('drafts.removeThere.title')}
          yes={say('studio.draft.discard.yes')}
          no={say('studio.draft.discard.no')}
          danger
          busy={busy}
          error={problem}
          onNo={() => setDoing(null)}
          onYes={() => void remove()}
        >
          <p>{say('drafts.removeThere.text')}</p>
        </Confirm>
      )}
    </li>
  );
}
