import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, PartyPopper, Share2 } from 'lucide-react';
import { type CSSProperties, useEffect, useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Refused } from './compose.tsx';
import { type CurrentUpload, fileAtHand, keepBack, leaveCurrent, sendAgain } from './current-upload.ts';
import styles from './published.module.css';
import { Steps } from './steps.tsx';
import { TakeAlong } from './take-along.tsx';
import { spelledOut } from './when.rules.ts';

/** After publishing: processing until the server says it can be watched, then the link, or the reason why not. */
export function Published({ current, video }: { current: CurrentUpload; video: Video }) {
  const { say, language } = useWords();
  const queries = useQueryClient();
  useEffect(() => {
    void video.status;
    void queries.invalidateQueries({ queryKey: ['my-videos'] });
    void queries.invalidateQueries({ queryKey: ['profile'] });
  }, [queries, video.status]);
  const title = {
    draft: say('publish.out.draft'),
    scheduled: say('publish.out.scheduled'),
    processing: say('upload.processing.title'),
    published: say('upload.published.title'),
    refused: say('upload.refused.title'),
  }[video.status];
  // What was edited here exists nowhere else as it was made.
  const file = fileAtHand();
  const ownFile = current.previewUrl && file ? { url: current.previewUrl, file } : null;
  const poster = video.media?.posterUrl ?? current.upload?.posterUrl;
  const shape = video.media ?? current.upload?.facts;
  return (
    <Page title={title} width="narrow" hideTitle>
      <div className={styles.card} data-status={video.status}>
        {poster && (
          <img
            className={styles.poster}
            style={shape ? ({ '--aspect': shape.width / shape.height } as CSSProperties) : undefined}
            src={poster}
            alt=""
          />
        )}
        <div className={styles.words} role="status">
          <p className={styles.title}>
            {video.status === 'published' && <PartyPopper size={26} aria-hidden="true" />}
            {video.status === 'scheduled' && <CalendarClock size={26} aria-hidden="true" />}
            {title}
          </p>
          {video.status === 'processing' && <p>{say('upload.processing.text')}</p>}
          {video.status === 'scheduled' && video.publishAt && (
            <p>{say('publish.when.goesOut', { when: spelledOut(language, video.publishAt) })}</p>
          )}
          {video.status === 'draft' && <p>{say('publish.waiting.draft')}</p>}
          {video.status === 'published' && <p>{say(`upload.published.${video.audience}`)}</p>}
        </div>
        {video.status !== 'published' && video.status !== 'refused' && current.upload?.state !== 'ready' && (
          <Steps current={current} />
        )}
        {current.transfer?.phase === 'stopped' && (
          <Refused code={current.transfer.code} onRetry={sendAgain} />
        )}
        {video.status === 'refused' && <Refused code={video.refusal?.code ?? 'internal'} />}
        <div className={styles.deeds}>
          {video.status === 'published' && (
            <>
              <Link className={buttonClass({ look: 'primary', wide: true })} href={video.url}>
                {say('upload.published.watch')}
              </Link>
              <ShareLink url={video.url} />
              <TakeAlong video={video} ownFile={ownFile} />
            </>
          )}
          {(video.status === 'processing' || video.status === 'scheduled') && <KeepBack />}
          <Link className={buttonClass({ look: 'quiet', wide: true })} href={paths.myVideos()}>
            {say('upload.published.mine')}
          </Link>
          <Button look="plain" wide onClick={leaveCurrent}>
            {say('upload.published.another')}
          </Button>
        </div>
      </div>
    </Page>
  );
}

/** A second thought, as long as nobody has seen it. */
function KeepBack() {
  const words = useWords();
  const { say } = words;
  const keep = useMutation({ mutationFn: keepBack });
  return (
    <>
      {keep.error && <Notice kind="wrong">{problemSentence(words, keep.error)}</Notice>}
      <Button wide busy={keep.isPending} onClick={() => keep.mutate()}>
        {say('publish.waiting.keepBack')}
      </Button>
    </>
  );
}

function ShareLink({ url }: { url: string }) {
  const { say } = useWords();
  const [copied, setCopied] = useState(false);
  const [byHand, setByHand] = useState(false);
  const link = new URL(url, location.origin).href;
  const share = async () => {
    try {
      if (navigator.share) await navigator.share({ url: link });
      else {
        await navigator.clipboard.writeText(link);
        setCopied(true);
      }
    } catch (error) {
      // Closing the share sheet is an answer; a forbidden clipboard leaves copying by hand.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setByHand(true);
    }
  };
  return (
    <>
      <Button wide icon={<Share2 size={18} aria-hidden="true" />} onClick={() => void share()}>
        {copied ? say('upload.published.copied') : say('upload.published.share')}
      </Button>
      {byHand && <p className={styles.link}>{link}</p>}
      <span className="visually-hidden" role="status">
        {copied ? say('upload.published.copied') : ''}
      </span>
    </>
  );
}
