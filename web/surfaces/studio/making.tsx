import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import type { EditList } from '../../../contract/edit-list.ts';
import type { SoundId } from '../../../contract/ids.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.ts';
import { Link, navigate } from '../../shell/link.tsx';
import { exportVideo } from '../../studio/reels/export.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { cuesWithin } from '../captions/cues.rules.ts';
import { beginUpload } from '../upload/current-upload.ts';
import { listOf, type Project } from './project.ts';
import { creditOf, templateOf } from './together.rules.ts';

/** The sound of the library that a video is made with, if it is exactly one. */
function librarySound(list: EditList): SoundId | null {
  const heard = list.sounds.filter(({ volume, atMs }) => volume > 0 && atMs < durationOf(list));
  const sources = heard.map(({ source }) => list.sources[source]);
  const ids = new Set(sources.flatMap((one) => (one?.kind === 'sound' && one.of) || []));
  return ids.size === 1 ? ([...ids][0] as SoundId) : null;
}

/** The draft becomes a file, on this device, and goes on its way; its words are written while it travels. */
export function Making({
  current,
  asTemplate,
  onClose,
}: {
  current: Project;
  /** Others may fill the list with their own takes. */
  asTemplate: boolean;
  onClose: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const member = useSession()?.me != null;
  const queries = useQueryClient();
  const [share, setShare] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is made is the draft as it is when this opens
  useEffect(() => {
    const stop = new AbortController();
    const name = `kinora-${current.draftId}.mp4`;
    exportVideo(listOf(current), current.reels, { name, signal: stop.signal, onProgress: setShare }).then(
      (made) => setFile(made.file),
      (error: Error) => !stop.signal.aborted && setProblem(error.name),
    );
    return () => stop.abort();
  }, []);
  useEffect(() => {
    if (!file || !member) return;
    const list = listOf(current);
    const template = asTemplate ? templateOf(list) : null;
    void beginUpload(file, {
      cues: trackOf(list),
      soundId: librarySound(list),
      credit: creditOf(list),
      template,
    });
    queries.removeQueries({ queryKey: ['uploads'] });
    navigate(paths.upload());
  }, [file, member, queries, current, asTemplate]);
  return (
    <Dialog
      title={say('studio.making.title')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{say('studio.making.stop')}</Button>}
    >
      {problem ? (
        <Notice kind="wrong">
          {say(problem === 'no_encoder' ? 'studio.making.noEncoder' : 'studio.making.failed')}
        </Notice>
      ) : file && !member ? (
        <Notice
          action={
            <Link href={paths.signIn(paths.studio())} className={buttonClass({ look: 'primary' })}>
              {say('auth.signIn.title')}
            </Link>
          }
        >
          {say('studio.making.signIn')}
        </Notice>
      ) : (
        <>
          <p>{say('studio.making.text')}</p>
          <Progress label={say('studio.making.title')} share={share} text={figures.percent(share)} />
        </>
      )}
    </Dialog>
  );
}

/** Captions that are not drawn into the picture go along with it. Their times are those of the file that was made. */
const trackOf = (list: EditList) => (list.cueStyle ? null : cuesWithin(list.cues, durationOf(list)));
