import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Camera, Clapperboard } from 'lucide-react';
import { lazy, useEffect } from 'react';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useInstance, useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { canDrop, Dropzone } from '../../ui/dropzone.tsx';
import { Page } from '../../ui/page.tsx';
import { SignInFirst } from '../sign-in/sign-in-first.tsx';
import { beginUpload, useCurrentUpload } from './current-upload.ts';
import { warmTransfer } from './transfer.ts';
import { Unfinished } from './unfinished.tsx';

/** Most of it, and nothing to choose a file or the studio with. */
const Compose = lazy(async () => ({ default: (await import('./compose.tsx')).Compose }));
const Published = lazy(async () => ({ default: (await import('./published.tsx')).Published }));

/** From a file to a published video: choose, write while it travels, publish, watch. */
export function UploadSurface() {
  const { say } = useWords();
  const session = useSession();
  const current = useCurrentUpload();
  if (session && !session.me)
    return <SignInFirst title={say('upload.title')} text={say('upload.signInFirst')} />;
  if (current?.publishing === 'done' && current.video)
    return <Published current={current} video={current.video} />;
  if (current) return <Compose current={current} />;
  return <Choose member={session?.me != null} />;
}

function Choose({ member }: { member: boolean }) {
  const { say } = useWords();
  const figures = useFigures();
  const limits = useInstance()?.limits;
  // The studio's first room is small, and one tap away. What sends is needed when a file was chosen.
  useEffect(() => {
    const timers = [
      setTimeout(() => void import('../studio/studio.tsx').catch(() => {}), 200),
      setTimeout(warmTransfer, 1000),
    ];
    return () => timers.forEach(clearTimeout);
  }, []);
  const queries = useQueryClient();
  const unfinished = useQuery({
    queryKey: ['uploads'],
    queryFn: api.listUploads,
    staleTime: 0,
    enabled: member,
  });
  const begin = (file: File) => {
    void beginUpload(file);
    queries.removeQueries({ queryKey: ['uploads'] });
  };
  return (
    <Page
      title={say('upload.title')}
      lead={say('upload.lead')}
      action={
        <Link href={paths.studio()} className={buttonClass({ look: 'primary' })}>
          <Camera size={20} aria-hidden="true" />
          <span>{say('upload.studio')}</span>
        </Link>
      }
    >
      <Dropzone
        label={say('upload.choose')}
        accept="video/*"
        icon={<Clapperboard size={34} aria-hidden="true" />}
        hint={
          <>
            <span>{say(canDrop() ? 'upload.chooseOrDropHint' : 'upload.chooseHint')}</span>
            {limits && (
              <span>
                {say('upload.limits', {
                  duration: figures.span(limits.durationMs),
                  size: figures.bytes(limits.uploadBytes),
                })}
              </span>
            )}
          </>
        }
        onFile={begin}
      />
      <Unfinished uploads={unfinished.data?.uploads ?? []} onFile={begin} />
    </Page>
  );
}
