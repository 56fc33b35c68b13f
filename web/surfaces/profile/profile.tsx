import { useQuery } from '@tanstack/react-query';
import { Clapperboard } from 'lucide-react';
import type { Profile } from '../../../contract/videos.ts';
import { api, isMissing } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link } from '../../shell/link.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { VideoGrid } from '../grid/video-grid.tsx';
import { Missing } from '../not-found/not-found.tsx';
import { FollowButton } from './follow-button.tsx';
import styles from './profile.module.css';
import { Shelf } from './shelf.tsx';

/** A person: who they are, their numbers, their videos. */
export function ProfileSurface({ handle }: { handle: string }) {
  const words = useWords();
  const { say } = words;
  const profile = useQuery({
    queryKey: ['profile', handle],
    queryFn: ({ signal }) => api.getProfile(handle, signal),
  });
  if (isMissing(profile.error))
    return <Missing title={say('profile.missing')} text={say('profile.missingText', { handle })} />;
  if (profile.isError)
    return (
      <Page title={`@${handle}`} hideTitle>
        <ErrorState title={say('profile.failed')} onRetry={() => void profile.refetch()}>
          <p>{problemSentence(words, profile.error)}</p>
        </ErrorState>
      </Page>
    );
  const person = profile.data;
  return (
    <Page title={person?.displayName ?? `@${handle}`} width="wide" hideTitle>
      {person ? <Header person={person} /> : <HeaderWaiting />}
      <Shelf handle={handle} />
      <VideoGrid
        name={['profile-videos', handle]}
        label={say('profile.videos', { handle })}
        load={(page, signal) => api.profileVideos(handle, page, signal)}
        empty={person && <Empty person={person} />}
      />
    </Page>
  );
}

function Header({ person }: { person: Profile }) {
  const { say } = useWords();
  const figures = useFigures();
  const numbers = [
    { name: say('profile.followers'), value: person.counts.followers },
    { name: say('profile.following'), value: person.counts.following },
    { name: say('profile.likes'), value: person.counts.likes },
  ];
  return (
    <header className={styles.header}>
      <Avatar name={person.displayName} url={person.avatarUrl} size={112} className={styles.avatar} />
      <div className={styles.who}>
        <p className={styles.name} aria-hidden="true">
          <bdi>{person.displayName}</bdi>
        </p>
        <p className={styles.handle}>
          <bdi>@{person.handle}</bdi>
          {person.demo && <span className={styles.demo}>{say('profile.demo')}</span>}
        </p>
      </div>
      <dl className={styles.numbers}>
        {numbers.map((number) => (
          <div key={number.name}>
            <dt>{number.name}</dt>
            <dd title={figures.whole(number.value)}>{figures.compact(number.value)}</dd>
          </div>
        ))}
      </dl>
      {person.bio && (
        <p className={styles.bio} dir="auto">
          {person.bio}
        </p>
      )}
      <div className={styles.deeds}>
        {person.mine ? (
          <>
            <Link href={paths.settings()} className={buttonClass({ look: 'quiet' })}>
              {say('profile.edit')}
            </Link>
            <Link href={paths.myVideos()} className={buttonClass({ look: 'quiet' })}>
              {say('profile.myVideos')}
            </Link>
            <Link href={paths.insights()} className={buttonClass({ look: 'quiet' })}>
              {say('insights.title')}
            </Link>
          </>
        ) : (
          <FollowButton person={person} />
        )}
      </div>
    </header>
  );
}

function HeaderWaiting() {
  return (
    <div className={styles.header} aria-hidden="true">
      <Skeleton width="var(--avatar-size)" height="var(--avatar-size)" round className={styles.avatar} />
      <div className={styles.who}>
        <Skeleton width="12rem" height="1.75rem" />
        <Skeleton width="7rem" height="1rem" />
      </div>
      <div className={styles.numbers}>
        <Skeleton width="14rem" height="1.5rem" />
      </div>
    </div>
  );
}

function Empty({ person }: { person: Profile }) {
  const { say } = useWords();
  const icon = <Clapperboard size={34} aria-hidden="true" />;
  if (!person.mine)
    return (
      <EmptyState icon={icon} title={say('profile.empty.title')}>
        <p>{say('profile.empty.text', { name: person.displayName })}</p>
      </EmptyState>
    );
  return (
    <EmptyState
      icon={icon}
      title={say('profile.emptyMine.title')}
      action={
        <Link href={paths.upload()} className={buttonClass({ look: 'primary' })}>
          {say('profile.emptyMine.action')}
        </Link>
      }
    >
      <p>{say('profile.emptyMine.text')}</p>
    </EmptyState>
  );
}
