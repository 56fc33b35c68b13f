import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Heart, Pause, Play, Scissors } from 'lucide-react';
import { useEffect } from 'react';
import type { Sound } from '../../../contract/sounds.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useMe } from '../../session.ts';
import { Link, navigate } from '../../shell/link.tsx';
import { buttonClass, IconButton } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';
import { listenTo, stopListening, useListening } from './listening.ts';

/** What a sound is called, in the reader's words. */
export function useSoundName() {
  const { say } = useWords();
  return ({ title, ownerHandle }: Pick<Sound, 'title' | 'ownerHandle'>) =>
    title ?? (ownerHandle ? say('feed.sound.untitled', { handle: ownerHandle }) : say('sound.original'));
}

export function ListenButton({ sound }: { sound: Sound }) {
  const { say } = useWords();
  const title = useSoundName()(sound);
  const listening = useListening(sound.id);
  const { audioUrl } = sound;
  const { id } = sound;
  useEffect(() => () => stopListening(id), [id]);
  const failed = listening?.failed === true;
  useEffect(() => {
    if (!failed) return;
    toast(say('sounds.silent', { title }));
    stopListening();
  }, [failed, say, title]);
  if (!audioUrl) return null;
  return (
    <IconButton
      filled
      label={say(listening ? 'sounds.pause' : 'sounds.play', { title })}
      icon={listening ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
      onClick={() => (listening ? stopListening() : listenTo(sound.id, audioUrl))}
    />
  );
}

/** Marks at once and takes it back when the server says no. */
export function FavouriteButton({ sound }: { sound: Sound }) {
  const words = useWords();
  const me = useMe();
  const title = useSoundName()(sound);
  const queries = useQueryClient();
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (wanted: boolean) => (wanted ? api.favouriteSound(sound.id) : api.unfavouriteSound(sound.id)),
    onError: (error) => toast(problemSentence(words, error)),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['sounds'] }),
        queries.invalidateQueries({ queryKey: ['sound', sound.id] }),
      ]),
  });
  const on = isPending ? variables : sound.favourite;
  return (
    <IconButton
      label={words.say('sounds.favourite', { title })}
      aria-pressed={on}
      icon={<Heart aria-hidden="true" fill={on ? 'currentColor' : 'none'} />}
      onClick={() => (me ? mutate(!on) : navigate(paths.signIn(location.pathname)))}
    />
  );
}

export function UseLink({ sound, wide }: { sound: Sound; wide?: boolean }) {
  const { say } = useWords();
  const title = useSoundName()(sound);
  // Without a file (not listened to yet) the studio would have nothing to play.
  if (!sound.usable || !sound.audioUrl) return null;
  return (
    <Link
      href={paths.studioWithSound(sound.id)}
      className={buttonClass({ look: wide ? 'primary' : 'quiet', small: !wide })}
      aria-label={say('sounds.useNamed', { title })}
    >
      <Scissors size={18} aria-hidden="true" />
      <span>{say('sounds.use')}</span>
    </Link>
  );
}
