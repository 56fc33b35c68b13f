import { useLayoutEffect, useRef, useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { captionParts } from './caption.parts.ts';
import styles from './slide.module.css';

/** The author's words with their links. */
export function CaptionText({ video }: { video: Pick<Video, 'caption' | 'entities'> }) {
  return captionParts(video.caption, video.entities).map(({ text, at, entity }) =>
    entity ? (
      <Link key={at} href={entity.kind === 'hashtag' ? paths.tag(entity.value) : paths.person(entity.value)}>
        {text}
      </Link>
    ) : (
      <span key={at}>{text}</span>
    ),
  );
}

/** Three lines over the picture; the rest on demand. */
export function Caption({ video }: { video: Video }) {
  const { say } = useWords();
  const text = useRef<HTMLParagraphElement>(null);
  const [open, setOpen] = useState(false);
  const [cut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = text.current;
    if (!element) return undefined;
    const measure = () => setCut(element.scrollHeight > element.clientHeight + 2);
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  if (!video.caption) return null;
  return (
    <div>
      <p
        ref={text}
        className={styles.caption}
        data-open={open || undefined}
        lang={video.language ?? undefined}
        dir="auto"
      >
        <CaptionText video={video} />
      </p>
      {(cut || open) && (
        <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {say(open ? 'feed.caption.less' : 'feed.caption.more')}
        </button>
      )}
    </div>
  );
}
