import { Film } from 'lucide-react';
import { Fragment } from 'react';
import type { ChainEntry } from '../../../contract/making.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import styles from './chain.module.css';

/** Oldest first. What is gone keeps its place, so that nobody after it seems to be the origin. */
export function Chain({ chain }: { chain: readonly ChainEntry[] }) {
  const { say } = useWords();
  return (
    <ol className={styles.chain}>
      {chain.map((entry, at) => {
        const skipped = entry.depth - (chain[at - 1]?.depth ?? -1) - 1;
        return (
          <Fragment key={entry.depth}>
            {skipped > 0 && <li className={styles.skipped}>{say('credits.leftOut', { count: skipped })}</li>}
            <Step entry={entry} isThis={at === chain.length - 1} />
          </Fragment>
        );
      })}
    </ol>
  );
}

function Step({ entry: { kind, video }, isThis }: { entry: ChainEntry; isThis: boolean }) {
  const { say } = useWords();
  const figures = useFigures();
  const made = kind ? say(`credits.kind.${kind}`) : say('credits.original');
  if (!video)
    return (
      <li className={styles.step} data-gone>
        <span className={styles.poster}>
          <Film size={22} aria-hidden="true" />
        </span>
        <div className={styles.words}>
          <p className={styles.kind}>{made}</p>
          <p className={styles.name}>{say('credits.gone')}</p>
          <p className={styles.facts}>{say('credits.goneText')}</p>
        </div>
      </li>
    );
  const { displayName, handle, avatarUrl, posterUrl, publishedAt, caption, url } = video;
  return (
    <li className={styles.step} aria-current={isThis || undefined}>
      <Link href={url} className={styles.poster} tabIndex={-1} aria-hidden="true">
        {posterUrl ? <img src={posterUrl} alt="" loading="lazy" /> : <Film size={22} />}
      </Link>
      <div className={styles.words}>
        <p className={styles.kind}>
          {made}
          {isThis && kind && <> · {say('credits.this')}</>}
        </p>
        <p className={styles.name}>
          <Link href={url} dir="auto">
            {caption || say('grid.noCaption')}
          </Link>
        </p>
        <p className={styles.facts}>
          <Link href={paths.person(handle)} className={styles.person}>
            <Avatar name={displayName} url={avatarUrl} size={24} />
            <bdi>@{handle}</bdi>
          </Link>
          {publishedAt && <time dateTime={publishedAt}>{figures.day(publishedAt)}</time>}
        </p>
      </div>
    </li>
  );
}
