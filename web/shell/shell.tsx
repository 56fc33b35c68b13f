import { Clapperboard, Compass, House, Music2, Plus, Settings, UserRound, UsersRound } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { loadLaterWords, useWords } from '../intl/words.tsx';
import { waitingDrafts } from '../keeping.ts';
import { lastPlace } from '../opening.ts';
import { type Place, paths, placeAt } from '../paths.ts';
import { Surfaces, warmUpload } from '../routes.tsx';
import { useInstance, useMe } from '../session.ts';
import { classes } from '../ui/classes.ts';
import { Toasts } from '../ui/toast.tsx';
import { uploading } from '../uploading.ts';
import { Link } from './link.tsx';
import { Mark } from './mark.tsx';
import styles from './shell.module.css';

/**
 * The frame around every surface: where one can go. A bar under the thumb on phones, a rail on larger screens.
 * It shows only destinations that exist; it knows no surface from inside.
 */
/** Only for who is sending something. */
const UploadingNotice = lazy(async () => {
  const [notice] = await Promise.all([import('../surfaces/upload/uploading-notice.tsx'), loadLaterWords()]);
  return { default: notice.UploadingNotice };
});

const darkPlaces = new Set<Place['name']>(['forYou', 'following', 'video']);

export function Shell() {
  const pathname = usePathname();
  const place = placeAt(pathname);
  const onStage = darkPlaces.has(place.name);
  const { say } = useWords();
  useArrival(pathname);
  useWaitingDrafts();
  const sending = useSyncExternalStore(uploading.subscribe, uploading.get, uploading.get);
  return (
    <div className={styles.shell} data-room={onStage ? 'dark' : undefined} data-stage={onStage || undefined}>
      <a className={styles.skip} href="#main">
        {say('shell.skip')}
      </a>
      <Navigation place={place} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Surfaces place={place} />
      </main>
      {sending && (
        <Suspense fallback={null}>
          <UploadingNotice onUpload={place.name === 'upload'} onStage={onStage} />
        </Suspense>
      )}
      <Toasts />
    </div>
  );
}

/** What was on its way to the account when the page was closed goes on, whatever is opened. */
function useWaitingDrafts(): void {
  const me = useMe()?.id;
  useEffect(() => {
    if (me && waitingDrafts().length > 0)
      void import('../surfaces/studio/account/syncing.ts').then(({ goOnWithAll }) => goOnWithAll(me));
  }, [me]);
}

/** A new page begins at its top, and the focus does not stay on a link that is gone. */
function useArrival(pathname: string): void {
  useEffect(() => {
    scrollTo(0, 0);
    // After the surface has asked where it was come from.
    return () => lastPlace.set(placeAt(pathname).name);
  }, [pathname]);
}

function Navigation({ place }: { place: Place }) {
  const { say } = useWords();
  const me = useMe();
  const name = useInstance()?.name ?? 'Kinora';
  const mine = place.name === 'myVideos' || (place.name === 'person' && place.handle === me?.handle);
  const entering = place.name === 'signIn' || place.name === 'signUp' || place.name === 'resetPassword';
  return (
    <header className={styles.navigation}>
      <Link href={paths.forYou()} className={styles.brand}>
        <Mark />
        <span>{name}</span>
      </Link>
      <nav aria-label={say('shell.navigation')} className={styles.places}>
        <Item
          to={paths.forYou()}
          here={place.name === 'forYou'}
          label={say('shell.forYou')}
          icon={<House />}
        />
        <Item
          to={paths.following()}
          here={place.name === 'following'}
          label={say('shell.following')}
          icon={<UsersRound />}
          // On a phone its place is above the video.
          wideOnly
        />
        <Item
          to={paths.discover()}
          here={place.name === 'discover'}
          label={say('shell.discover')}
          icon={<Compass />}
        />
        <Link
          href={paths.upload()}
          className={styles.create}
          onPointerEnter={warmUpload}
          onPointerDown={warmUpload}
          onFocus={warmUpload}
          aria-current={place.name === 'upload' ? 'page' : undefined}
        >
          <Plus aria-hidden="true" />
          <span>{say('shell.create')}</span>
        </Link>
        <Item
          to={me ? paths.person(me.handle) : paths.signIn(location.pathname)}
          here={me ? mine : entering}
          label={say(me ? 'shell.profile' : 'shell.signIn')}
          icon={<UserRound />}
        />
        <Item
          to={paths.settings()}
          here={place.name === 'settings' || place.name === 'yourFeed'}
          label={say('shell.settings')}
          icon={<Settings />}
        />
        <Item
          to={paths.sounds()}
          here={place.name === 'sounds' || place.name === 'sound'}
          label={say('shell.sounds')}
          icon={<Music2 />}
          wideOnly
        />
        {me?.role === 'operator' && (
          <Item
            to={paths.desk()}
            here={place.name.startsWith('desk')}
            label={say('shell.desk')}
            icon={<Clapperboard />}
            wideOnly
          />
        )}
      </nav>
    </header>
  );
}

function Item({
  to,
  here,
  label,
  icon,
  wideOnly,
}: {
  to: string;
  here: boolean;
  label: string;
  icon: ReactNode;
  wideOnly?: boolean;
}) {
  return (
    <Link
      href={to}
      className={classes(styles.item, wideOnly && styles.wideOnly)}
      aria-current={here ? 'page' : undefined}
    >
      {icon}
      <span>{label}</span>
    </Link>
  );
}
