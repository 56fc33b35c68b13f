import type { UseQueryResult } from '@tanstack/react-query';
import { UsersRound } from 'lucide-react';
import { useId, useState } from 'react';
import type { SuggestedCreator } from '../../../contract/feeds.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useMe } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';
import { createWishes } from '../../wishes.ts';
import { causeName } from '../feed/reason.tsx';
import styles from './discover.module.css';

/** So many at first; the rest on demand. */
const few = 6;
const wish = createWishes();

/** People this viewer does not follow and might like, each with the reason that was stored. */
export function SuggestedCreators({ asked }: { asked: UseQueryResult<{ creators: SuggestedCreator[] }> }) {
  const words = useWords();
  const { say } = words;
  const heading = useId();
  const [all, setAll] = useState(false);
  const creators = asked.data?.creators ?? [];
  return (
    <section className={styles.part} aria-labelledby={heading}>
      <h2 id={heading} className={styles.sub}>
        {say('discover.creators')}
      </h2>
      {asked.isPending && (
        <div className={styles.people} aria-busy="true">
          {[0, 1, 2].map((place) => (
            <Skeleton key={place} width="100%" height="4.5rem" />
          ))}
        </div>
      )}
      {asked.isError && (
        <ErrorState title={say('discover.creators.failed')} onRetry={() => void asked.refetch()}>
          <p>{problemSentence(words, asked.error)}</p>
        </ErrorState>
      )}
      {asked.isSuccess && creators.length === 0 && (
        <EmptyState
          icon={<UsersRound size={34} aria-hidden="true" />}
          title={say('discover.creators.none.title')}
        >
          <p>{say('discover.creators.none.text')}</p>
        </EmptyState>
      )}
      {creators.length > 0 && (
        <ul className={styles.people} aria-label={say('discover.creators')}>
          {(all ? creators : creators.slice(0, few)).map((one) => (
            <Creator key={one.person.id} one={one} />
          ))}
        </ul>
      )}
      {creators.length > few && (
        <div>
          <Button small aria-expanded={all} onClick={() => setAll(!all)}>
            {say(all ? 'discover.creators.fewer' : 'discover.creators.all', { count: creators.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

function Creator({ one: { person, reason } }: { one: SuggestedCreator }) {
  const words = useWords();
  const { say, knows } = words;
  const me = useMe();
  const [followed, setFollowed] = useState(false);
  const sentence = `feed.reason.${reason.code}`;
  // Without a video at hand it is not known what was asked for, unless it is they.
  const isTold = reason.code !== 'asked' || reason.value === person.handle;
  const name = isTold ? causeName(words, reason, { author: person, sound: null }) : '';
  const follow = (wanted: boolean) =>
    wish(`follow ${person.handle}`, {
      was: followed,
      wanted,
      show: setFollowed,
      async send(now) {
        return (await (now ? api.followPerson(person.handle) : api.unfollowPerson(person.handle))).followed;
      },
    }).catch((error: unknown) => toast(problemSentence(words, error)));
  const label = say('profile.followPerson', { name: person.displayName });
  return (
    <li className={styles.person}>
      <Avatar name={person.displayName} url={person.avatarUrl} size={52} />
      <div className={styles.words}>
        <Link href={paths.person(person.handle)} className={styles.name}>
          <bdi>{person.displayName}</bdi>
        </Link>
        <p className={styles.handle}>
          <bdi>@{person.handle}</bdi>
        </p>
        {knows(sentence) && (
          <p className={styles.reason}>{say(sentence, { known: name ? 'yes' : 'no', value: name })}</p>
        )}
      </div>
      {me ? (
        <Button
          small
          look={followed ? 'quiet' : 'primary'}
          aria-pressed={followed}
          aria-label={label}
          onClick={() => void follow(!followed)}
        >
          {say(followed ? 'profile.followed' : 'profile.follow')}
        </Button>
      ) : (
        <Link
          href={paths.signIn(paths.discover())}
          className={buttonClass({ look: 'primary', small: true })}
          aria-label={label}
        >
          {say('profile.follow')}
        </Link>
      )}
    </li>
  );
}
