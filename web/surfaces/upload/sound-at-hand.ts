import { useQuery } from '@tanstack/react-query';
import type { KnownInUpload, SoundDetail } from '../../../contract/sounds.ts';
import { api, isMissing } from '../../api.ts';
import { type SoundFault, soundFault } from './checks.rules.ts';
import type { CurrentUpload } from './current-upload.ts';

export type SoundAtHand = {
  sound: SoundDetail | null;
  fault: SoundFault | null;
  /** The known sound that the server heard in the file, whether or not the file's own sound goes out. */
  known: KnownInUpload | null;
  listening: boolean;
};

const againMs = 1500;

/**
 * Whether the sound that a video was made with may still be used: asked when it is looked at, and after a refusal. Of a
 * file with a sound of its own: whether that is a known one, as soon as the server has the whole file.
 */
export function useSoundAtHand({ draft, problem, upload }: CurrentUpload): SoundAtHand {
  const id = draft.soundId;
  const refused = problem === 'sound_not_usable';
  const found = useQuery({
    queryKey: ['sound', id, 'at-hand', refused],
    queryFn: ({ signal }) => api.getSound(id!, signal),
    enabled: id !== null,
    refetchOnWindowFocus: true,
    retry: (count, error) => !isMissing(error) && count < 3,
  });
  const ownSound = id === null && !draft.replaceSound;
  const heard = useQuery({
    queryKey: ['upload-sound', upload?.id],
    queryFn: ({ signal }) => api.askUploadSound(upload!.id, signal),
    enabled: ownSound && upload?.state === 'ready' && upload.facts?.hasSound === true,
    refetchInterval: ({ state }) => (state.data?.state === 'listening' ? againMs : false),
    refetchOnWindowFocus: true,
  });
  const known = heard.data?.known ?? null;
  const listening = ownSound && (heard.data ? heard.data.state === 'listening' : heard.isLoading);
  if (id === null) return { sound: null, fault: null, known, listening };
  const sound = found.data ?? null;
  return {
    sound,
    fault: isMissing(found.error) ? 'sound_gone' : sound && soundFault(sound),
    known,
    listening,
  };
}
