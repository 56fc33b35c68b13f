import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Camera, Film, Grid3x3, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { frameCells } from '../../../contract/credits.ts';
import type { AccountDraft as KeptThere } from '../../../contract/drafts.ts';
import { readEditList } from '../../../contract/edit-list.rules.ts';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import { emptyEditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useMe, useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { type KeptDraft, kept } from '../../studio/takes/kept.ts';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { canDrop, Dropzone } from '../../ui/dropzone.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { publishedAtMs } from '../upload/published-drafts.ts';
import { AccountDraft } from './account/account-draft.tsx';
import { Bringing } from './account/bringing.tsx';
import { whereIs } from './account/copies.rules.ts';
import type { Copy } from './account/copies.ts';
import { Differ } from './account/differ.tsx';
import { Discard } from './account/discard.tsx';
import { OnAccount } from './account/on-account.tsx';
import { useGoings } from './account/syncing.ts';
import { useAccountDrafts } from './account/use-account-drafts.ts';
import { DraftCover } from './draft-cover.tsx';
import { bring, openProject, throwAway } from './project.ts';
import { Rendered } from './rendering/rendered.tsx';
import styles from './start-room.module.css';

/** Where a video begins: the camera, a file, or something that was begun before. */
export function StartRoom({ onFilm }: { onFilm: (cells?: number) => void }) {
  const { say } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const drafts = useQuery({
    queryKey: ['studio', 'drafts'],
    queryFn: kept.drafts,
    staleTime: 0,
    networkMode: 'always',
  });
  const me = useMe()?.id ?? null;
  const isGuest = useSession() !== null && me === null;
  const there = useAccountDrafts(me);
  const here = new Set(drafts.data?.map(({ id }) => id));
  const elsewhere = drafts.data ? [...there.account.values()].filter(({ id }) => !here.has(id)) : [];
  const [bringing, setBringing] = useState(false);
  const begin = async (file: File) => {
    setProblem(null);
    setBringing(true);
    const result = await bring(file);
    if (result === 'added') return;
    setBringing(false);
    setProblem(
      say(
        result === 'unreadable'
          ? 'studio.file.unreadable'
          : result === 'too_long'
            ? 'studio.file.tooLong'
            : 'studio.disk.full',
      ),
    );
  };
  return (
    <Page title={say('studio.title')} lead={say('studio.lead')}>
      <div className={styles.ways}>
        {problem && <Notice kind="wrong">{problem}</Notice>}
        <Button look="primary" wide icon={<Camera size={20} aria-hidden="true" />} onClick={() => onFilm()}>
          {say('studio.film')}
        </Button>
        <Dropzone
          label={say('studio.bring')}
          hint={
            bringing
              ? say('studio.bring.busy')
              : say(canDrop() ? 'studio.bring.dropHint' : 'studio.bring.hint')
          }
          accept="video/*"
          icon={<Film size={30} aria-hidden="true" />}
          onFile={(file) => void begin(file)}
        />
      </div>
      {here.size + elsewhere.length > 0 && (
        <Section title={say('studio.drafts')} lead={say('studio.drafts.lead')}>
          {isGuest && (
            <Notice
              action={
                <Link href={paths.signIn(paths.studio())} className={buttonClass({ small: true })}>
                  {say('auth.signIn.title')}
                </Link>
              }
            >
              {say('drafts.guest')}
            </Notice>
          )}
          {there.problem !== null && <Notice>{say('drafts.unknown')}</Notice>}
          <ul className={styles.drafts}>
            {(drafts.data ?? []).map((draft) => (
              <Draft
                key={draft.id}
                draft={draft}
                accountId={me}
                copy={there.copies.get(draft.id) ?? null}
                account={there.account.get(draft.id) ?? null}
              />
            ))}
            {me && elsewhere.map((draft) => <AccountDraft key={draft.id} accountId={me} draft={draft} />)}
          </ul>
        </Section>
      )}
      <div className={styles.ways}>
        <FrameStart onBegin={onFilm} />
        <Link href={paths.upload()} className={buttonClass({ look: 'plain' })}>
          {say('studio.justUpload')}
        </Link>
      </div>
    </Page>
  );
}

/** A grid of several people: one's own cell now, the others when it is published. */
function FrameStart({ onBegin }: { onBegin: (cells: number) => void }) {
  const { say } = useWords();
  const [cells, setCells] = useState<number>(frameCells.fewest);
  const counts = Array.from(
    { length: frameCells.most - frameCells.fewest + 1 },
    (_, index) => frameCells.fewest + index,
  );
  return (
    <div className={styles.frame}>
      <Select
        label={say('studio.frame.people')}
        hint={say('studio.frame.hint')}
        value={String(cells)}
        options={counts.map((count) => ({
          value: String(count),
          label: say('studio.frame.count', { count }),
        }))}
        onChange={(event) => setCells(Number(event.target.value))}
      />
      <Button icon={<Grid3x3 size={20} aria-hidden="true" />} onClick={() => onBegin(cells)}>
        {say('studio.frame.begin')}
      </Button>
    </div>
  );
}

function Draft({
  draft,
  accountId,
  copy,
  account,
}: {
  draft: KeptDraft & { strays: number };
  accountId: string | null;
  copy: Copy | null;
  account: KeptThere | null;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<'discard' | 'choose' | 'bring' | null>(null);
  const [unread, setUnread] = useState(false);
  const when = figures.ago(new Date(draft.changedAt));
  const publishedMs = publishedAtMs(draft.id);
  const read = readEditList(draft.list);
  const list = read.ok ? read.list : emptyEditList;
  const where = whereIs(list, copy, account);
  const differs = useGoings().get(draft.id)?.phase === 'differs' || where === 'differs';
  /** As it is on the disk: what is listed may be of a moment ago. */
  const open = async () => setUnread(!(await openProject((await kept.draft(draft.id)) ?? draft)));
  const renew = () => void queries.invalidateQueries({ queryKey: ['studio'] });
  const close = () => setDoing(null);
  return (
    <li className={styles.draft} aria-label={say('drafts.of', { when })}>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.open}
          onClick={() => {
            if (differs) setDoing('choose');
            else if (where === 'newer') setDoing('bring');
            else void open();
          }}
        >
          <DraftCover draftId={draft.id} changedAt={draft.changedAt} list={list} />
          <span className={styles.words}>
            <b>
              {list.clips.length > 0 || draft.strays === 0
                ? say('studio.draft.clips', { count: list.clips.length })
                : say('studio.draft.strays', { count: draft.strays })}
            </b>
            {list.clips.length > 0 && draft.strays > 0 && (
              <span>{say('studio.draft.strays', { count: draft.strays })}</span>
            )}
            <span>{say('studio.draft.facts', { duration: figures.clock(durationOf(list)), when })}</span>
            {publishedMs !== null && (
              <span>{say('studio.draft.published', { when: figures.ago(new Date(publishedMs)) })}</span>
            )}
          </span>
        </button>
        <IconButton
          label={say('studio.draft.discardFor', { when })}
          icon={<Trash2 size={20} aria-hidden="true" />}
          onClick={() => setDoing('discard')}
        />
      </div>
      {accountId && read.ok && (
        <OnAccount
          accountId={accountId}
          draftId={draft.id}
          where={where}
          copy={copy}
          onChoose={() => setDoing('choose')}
        />
      )}
      {accountId && copy && (
        <Rendered
          draftId={draft.id}
          revision={where === 'both' ? copy.revision : null}
          list={list}
          template={draft.template}
        />
      )}
      {unread && <Notice kind="wrong">{say('studio.draft.unreadable')}</Notice>}
      {accountId && doing === 'choose' && (
        <Differ accountId={accountId} draft={draft} list={list} onClose={close} />
      )}
      {accountId && doing === 'bring' && (
        <Bringing
          accountId={accountId}
          draftId={draft.id}
          onClose={close}
          onInstead={() => void open()}
          onBrought={() => void open()}
        />
      )}
      {doing === 'discard' &&
        (accountId && copy ? (
          <Discard
            accountId={accountId}
            draftId={draft.id}
            copy={copy}
            isThere={where === 'both' || where === 'newer'}
            onClose={close}
            onGone={() => {
              close();
              renew();
            }}
          />
        ) : (
          <Confirm
            title={say('studio.draft.discard.title')}
            yes={say('studio.draft.discard.yes')}
            no={say('studio.draft.discard.no')}
            danger
            onNo={close}
            onYes={() =>
              void throwAway(draft.id).then(() => {
                close();
                renew();
              })
            }
          >
            <p>{say('studio.draft.discard.text')}</p>
          </Confirm>
        ))}
    </li>
  );
}
