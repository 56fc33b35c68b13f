import { Eye, Film, Users, WifiOff } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useInstance } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DemoProgress } from './demo.tsx';
import styles from './ends.module.css';
import type { Feed } from './feed.store.ts';

/** What stands behind the last video: more on its way, everything seen, nothing there yet, or no line. */
export function End({ feed, kind }: { feed: Feed; kind: 'forYou' | 'following' | 'watch' }) {
  const { say } = useWords();
  const { end, items } = useSyncExternalStore(feed.state.subscribe, feed.state.get);
  const making = useInstance()?.demo.state === 'making';
  if (end === 'more' || end === 'loading') return <Waiting />;
  if (end === 'offline' || end === 'failed')
    return (
      <Card icon={<WifiOff />} title={say(`feed.${end}.title`)} alert>
        <p>{say(items.length > 0 ? `feed.${end}.kept` : `feed.${end}.text`)}</p>
        <Button look="primary" onClick={feed.retry}>
          {say('feed.retry')}
        </Button>
      </Card>
    );
  if (items.length === 0 && kind === 'forYou' && making)
    return (
      <Card icon={<Film />} title={say('feed.demo.title')}>
        <p>{say('feed.demo.text')}</p>
        <DemoProgress />
      </Card>
    );
  if (items.length === 0)
    return (
      <Card icon={kind === 'following' ? <Users /> : <Film />} title={say(`feed.${kind}.empty.title`)}>
        <p>{say(`feed.${kind}.empty.text`)}</p>
        {kind === 'forYou' ? (
          <Link className={buttonClass({ look: 'primary' })} href={paths.upload()}>
            {say('feed.forYou.empty.create')}
          </Link>
        ) : (
          <>
            {kind === 'following' && (
              <Link className={buttonClass({ look: 'primary' })} href={paths.discover()}>
                {say('feed.following.find')}
              </Link>
            )}
            <Link
              className={buttonClass({ look: kind === 'following' ? 'plain' : 'primary' })}
              href={paths.forYou()}
            >
              {say('feed.goToForYou')}
            </Link>
          </>
        )}
      </Card>
    );
  return (
    <Card icon={<Eye />} title={say(`feed.${kind}.exhausted.title`)}>
      <p>{say(`feed.${kind}.exhausted.text`)}</p>
      {kind === 'watch' ? (
        <Link className={buttonClass({ look: 'primary' })} href={paths.forYou()}>
          {say('feed.goToForYou')}
        </Link>
      ) : (
        <Button look="primary" onClick={() => void feed.restart(true)}>
          {say('feed.again')}
        </Button>
      )}
    </Card>
  );
}

export function Card({
  icon,
  title,
  alert,
  children,
}: {
  icon: ReactNode;
  title: string;
  alert?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.end} role={alert ? 'alert' : undefined}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** The shape of a video on its way. */
function Waiting() {
  const { say } = useWords();
  return (
    <div className={styles.waiting}>
      <span className="visually-hidden" role="status">
        {say('feed.waiting')}
      </span>
      <Skeleton width="38%" height="1.1rem" />
      <Skeleton width="72%" height="0.95rem" />
      <Skeleton width="54%" height="0.95rem" />
      <div className={styles.dots}>
        <Skeleton width="2.75rem" height="2.75rem" round />
        <Skeleton width="1.9rem" height="1.9rem" round />
        <Skeleton width="1.9rem" height="1.9rem" round />
      </div>
    </div>
  );
}
