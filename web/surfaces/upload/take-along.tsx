import { Download, Share } from 'lucide-react';
import { useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { bestRendition, fileNameOf } from './take-along.rules.ts';

/**
 * The finished video for elsewhere, never encoded again: the file that was sent, while this page still has it, else the
 * best rendition. It is saved, or handed to another app where the browser can.
 */
export function TakeAlong({ video, ownFile }: { video: Video; ownFile: { url: string; file: File } | null }) {
  const { say } = useWords();
  const figures = useFigures();
  const best = video.media && bestRendition(video.media);
  const url = ownFile?.url ?? best?.url;
  if (!url) return null;
  const name = ownFile?.file.name ?? fileNameOf(video);
  return (
    <>
      {canShareFiles() && (
        <ShareFile own={ownFile?.file ?? null} url={url} name={name} text={video.caption} />
      )}
      <a className={buttonClass({ look: 'quiet', wide: true })} href={url} download={name}>
        <Download size={18} aria-hidden="true" />
        <span>
          {ownFile
            ? say('publish.along.saveOwn')
            : say('publish.along.save', {
                quality: `${Math.min(best!.width, best!.height)}p`,
                size: figures.bytes(best!.bytes),
              })}
        </span>
      </a>
    </>
  );
}

/** Some browsers share links only. */
function canShareFiles(): boolean {
  const probe = new File([''], 'video.mp4', { type: 'video/mp4' });
  return navigator.canShare?.({ files: [probe] }) ?? false;
}

function ShareFile({ own, url, name, text }: { own: File | null; url: string; name: string; text: string }) {
  const { say } = useWords();
  const [state, setState] = useState<'idle' | 'getting' | 'wrong'>('idle');
  const [file, setFile] = useState(own);
  const hand = async (ready: File) => {
    try {
      await navigator.share({ files: [ready], ...(text && { text }) });
    } catch (error) {
      // Closing the sheet is an answer. A press that is too long ago is made up for by the next one.
      const named = error instanceof DOMException ? error.name : '';
      if (named !== 'AbortError' && named !== 'NotAllowedError') setState('wrong');
    }
  };
  const press = async () => {
    if (file) return hand(file);
    setState('getting');
    try {
      const reply = await fetch(url);
      if (!reply.ok) throw new Error(`${reply.status}`);
      const got = new File([await reply.blob()], name, { type: 'video/mp4' });
      setFile(got);
      setState('idle');
      if (navigator.userActivation?.isActive) await hand(got);
    } catch {
      setState('wrong');
    }
  };
  return (
    <>
      {state === 'wrong' && <Notice kind="wrong">{say('publish.along.wrong')}</Notice>}
      <Button
        wide
        busy={state === 'getting'}
        icon={<Share size={18} aria-hidden="true" />}
        onClick={() => void press()}
      >
        {say(file && !own ? 'publish.along.shareNow' : 'publish.along.share')}
      </Button>
    </>
  );
}
