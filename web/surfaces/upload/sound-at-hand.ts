import { useQuery } from '@tanstack/react-query';
import type { SoundDetail } from '../../../contract/sounds.ts';
import { api, isMissing } from '../../api.ts';
import { type SoundFault, soundFault } from './checks.rules.ts';
import type { CurrentUpload } from './current-upload.ts';

export type SoundAtHand = { sound: SoundDetail | null; fault: SoundFault | null };

/** Whether the sound that a video was made with may still be used: asked when it is looked at, and after a refusal. */
export function useSoundAtHand({ draft, problem }: CurrentUpload): SoundAtHand {
  const id = draft.soundId;
  const refused = problem === 'sound_not_usable';
  const found = useQuery({
    queryKey: ['sound', id, 'at-hand', refused],
    queryFn: ({ signal }) => api.getSound(id!, signal),
    enabled: id !== null,
    refetchOnWindowFocus: true,
    retry: (count, error) => !isMissing(error) && count < 3,
  });
  if (id === null) return { sound: null, fault: null };
  const sound = found.data ?? null;
  return { sound, fault: isMissing(found.error) ? 'sound_gone' : sound && soundFault(sound) };
}
