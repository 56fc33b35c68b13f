import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Camera, Film, Grid3x3, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { frameCells } from '../../../contract/credits.ts';
import { readEditList } from '../../../contract/edit-list.rules.ts';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import { emptyEditList } from '../../../contract/edit-list.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { type KeptDraft, kept } from '../../studio/takes/kept.ts';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Dropzone } from '../../ui/dropzone.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { bring, openProject, throwAway } from './project.ts';
import styles from './start-room.module.css';

/** Where a video begins: the camera, a file, or something that was begun before. */
export function StartRoom({ onFilm }: { onFilm: (cells?: number) => void }) {
  const { say } = useWords();
  const [problem, setProblem] = useState<string | null>(null);
  const drafts = useQuery({ queryKey: ['studio', 'drafts'], queryFn: kept.drafts, staleTime: 0 });
  const [bringing, setBringing] = useState(false);
  const begin = async (file: File) => {
    setProblem(null);
    setBringing(true);
    const result = await bring(file);
    if (result === 'added') return;
    setBringing(false);
    setProblem(say(result === 'unreadable' ? 'studio.file.unreadable' : 'studio.disk.full'));
  };
  return (
    <Page title={say('studio.title')} lead={say('studio.lead')}>
      <div className={styles.ways}>
        <Button look="primary" wide icon={<Camera size={20} aria-hidden="true" />} onClick={() => onFilm()}>
          {say('studio.film')}
        </Button>
        <Dropzone
          label={say('studio.bring')}
          hint={say(bringing ? 'studio.bring.busy' : 'studio.bring.hint')}
          accept="video/*"
          icon={<Film size={30} aria-hidden="true" />}
          onFile={(file) => void begin(file)}
        />
        <FrameStart onBegin={onFilm} />
        <Link href={paths.upload()} className={buttonClass({ look: 'plain' })}>
          {say('studio.justUpload')}
        </Link>
      </div>
      {problem && <Notice kind="wrong">{problem}</Notice>}
      {(drafts.data?.length ?? 0) > 0 && (
        <Section title={say('studio.drafts')} lead={say('studio.drafts.lead')}>
          <ul className={styles.drafts}>
            {drafts.data!.map((draft) => (
              <Draft key={draft.id} draft={draft} />
            ))}
          </ul>
        </Section>
      )}
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

function Draft({ draft }: { draft: KeptDraft & { strays: number } }) {
  const { say } = useWords();
  const figures = useFigures();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [unread, setUnread] = useState(false);
  const when = figures.ago(new Date(draft.changedAt));
  const read = readEditList(draft.list);
  const list = read.ok ? read.list : emptyEditList;
  return (
    <li className={styles.draft}>
      <button
        type="button"
        className={styles.open}
        onClick={() => void openProject(draft).then((opened) => setUnread(!opened))}
      >
        <b>
          {list.clips.length > 0 || draft.strays === 0
            ? say('studio.draft.clips', { count: list.clips.length })
            : say('studio.draft.strays', { count: draft.strays })}
        </b>
        {list.clips.length > 0 && draft.strays > 0 && (
          <span>{say('studio.draft.strays', { count: draft.strays })}</span>
        )}
        <span>{say('studio.draft.facts', { duration: figures.clock(durationOf(list)), when })}</span>
      </button>
      <IconButton
        label={say('studio.draft.discardFor', { when })}
        icon={<Trash2 size={20} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      />
      {unread && <Notice kind="wrong">{say('studio.draft.unreadable')}</Notice>}
      {asking && (
        <Confirm
          title={say('studio.draft.discard.title')}
          yes={say('studio.draft.discard.yes')}
          no={say('studio.draft.discard.no')}
          danger
          onNo={() => setAsking(false)}
          onYes={() =>
            void throwAway(draft.id).then(() => {
              setAsking(false);
              void queries.invalidateQueries({ queryKey: ['studio', 'drafts'] });
            })
          }
        >
          <p>{say('studio.draft.discard.text')}</p>
        </Confirm>
      )}
    </li>
  );
}
