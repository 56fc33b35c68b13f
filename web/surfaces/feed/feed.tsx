import { UsersRound } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { bootstrap, session, useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { turns } from '../../taste.ts';
import { buttonClass } from '../../ui/button.tsx';
import { DemoBanner, useDemoInTheMaking } from './demo.tsx';
import { Card, End } from './ends.tsx';
import { createFeed, type Feed } from './feed.store.ts';
import styles from './stage.module.css';
import { Stage } from './stage.tsx';

/** The two feeds, kept while the page lives: coming back finds the video one left. */
const forYou = createFeed(api.forYou, bootstrap?.feed ?? null, { repeats: true });
const following = createFeed(api.following);

// Somebody else signed in or out: what was chosen for one viewer is not shown to another.
let watching = session.get()?.viewerId ?? null;
session.subscribe(() => {
  const now = session.get()?.viewerId ?? null;
  if (watching !== null && now !== watching) {
    void forYou.restart();
    if (session.get()?.me) void following.restart();
  }
  watching = now;
});

/** Which changes of the viewer's wishes each feed has obeyed. */
const obeyed = new Map<Feed, number>();
function useObedience(feed: Feed): void {
  const now = useSyncExternalStore(turns.subscribe, turns.get);
  useEffect(() => {
    if ((obeyed.get(feed) ?? 0) === now) return;
    obeyed.set(feed, now);
    if (feed.state.get().items.length > 0) void feed.renew();
  }, [feed, now]);
}

export function ForYou() {
  const { say } = useWords();
  useObedience(forYou);
  const empty = useSyncExternalStore(forYou.state.subscribe, () => forYou.state.get().items.length === 0);
  useDemoInTheMaking(forYou);
  return (
    <Stage
      feed={forYou}
      title={say('shell.forYou')}
      tabs="forYou"
      end={<End feed={forYou} kind="forYou" />}
      banner={empty ? null : <DemoBanner />}
    />
  );
}

export function Following() {
  const { say } = useWords();
  useObedience(following);
  const known = useSession();
  useEffect(() => {
    // Whom one follows may have changed on a profile since.
    if (
      session.get()?.me &&
      following.state.get().end === 'exhausted' &&
      following.state.get().items.length === 0
    )
      void following.restart();
  }, []);
  if (known && !known.me)
    return (
      <div className={styles.alone}>
        <title>{say('shell.following')}</title>
        <h1 className="visually-hidden">{say('shell.following')}</h1>
        <Card icon={<UsersRound />} title={say('feed.following.guest.title')}>
          <p>{say('feed.following.guest.text')}</p>
          <Link className={buttonClass({ look: 'primary' })} href={paths.signIn(paths.following())}>
            {say('shell.signIn')}
          </Link>
          <Link className={buttonClass({ look: 'plain' })} href={paths.forYou()}>
            {say('feed.goToForYou')}
          </Link>
        </Card>
      </div>
    );
  return (
    <Stage
      feed={following}
      title={say('shell.following')}
      tabs="following"
      end={<End feed={following} kind="following" />}
    />
  );
}
