import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
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
import { beginUpload } from '../upload/current-upload.ts';
import { listOf, type Project } from './project.ts';
import { ServerMaking } from './rendering/server-making.tsx';
import { wordsAlong } from './rendering/words-along.ts';

/** The draft becomes a file, on this device or else on the server, and goes on its way; its words are written while it travels. */
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
    void beginUpload(
      file,
      wordsAlong(current.draftId, listOf(current), asTemplate, current.template.without),
    );
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
        <ServerMaking
          current={current}
          asTemplate={asTemplate}
          because={say(problem === 'no_encoder' ? 'studio.making.noEncoder' : 'studio.making.failed')}
        />
      ) : file && !member ? (
        <Notice
          action={
            <Link
              href={paths.signIn(paths.studioDraft(current.draftId))}
              className={buttonClass({ look: 'primary' })}
            >
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
