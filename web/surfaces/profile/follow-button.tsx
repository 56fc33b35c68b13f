import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Profile } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useMe } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';

/** Follow, or stop following. Shows the wish at once and takes it back if the server did not agree. */
export function FollowButton({ person }: { person: Profile }) {
  const words = useWords();
  const { say } = words;
  const me = useMe();
  const queries = useQueryClient();
  const key = ['profile', person.handle];
  const follow = useMutation({
    mutationFn: (wish: boolean) =>
      wish ? api.followPerson(person.handle) : api.unfollowPerson(person.handle),
    onMutate: async (wish) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<Profile>(key);
      if (before) queries.setQueryData<Profile>(key, withFollow(before, wish));
      return before;
    },
    onError: (_error, _wish, before) => {
      if (before) queries.setQueryData(key, before);
    },
    onSuccess: ({ followed, followers }) =>
      queries.setQueryData<Profile>(
        key,
        (now) => now && { ...now, followed, counts: { ...now.counts, followers } },
      ),
  });
  if (!me)
    return (
      <Link
        href={paths.signIn(paths.person(person.handle))}
        className={buttonClass({ look: 'primary' })}
        aria-label={say('profile.followPerson', { name: person.displayName })}
      >
        {say('profile.follow')}
      </Link>
    );
  return (
    <>
      <Button
        look={person.followed ? 'quiet' : 'primary'}
        aria-pressed={person.followed}
        aria-label={say('profile.followPerson', { name: person.displayName })}
        onClick={() => follow.mutate(!person.followed)}
      >
        {person.followed ? say('profile.followed') : say('profile.follow')}
      </Button>
      {follow.isError && <p role="alert">{problemSentence(words, follow.error)}</p>}
    </>
  );
}

function withFollow(profile: Profile, followed: boolean): Profile {
  if (profile.followed === followed) return profile;
  const followers = Math.max(0, profile.counts.followers + (followed ? 1 : -1));
  return { ...profile, followed, counts: { ...profile.counts, followers } };
}
