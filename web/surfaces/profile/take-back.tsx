import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';

/** What others made with this video goes out of sight, or comes back; asked, since it is other people's work. */
export function TakeBack({ video, onClose }: { video: Video; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const deed = video.making?.tookBack ? 'give' : 'take';
  const turn = useMutation({
    mutationFn: () => (deed === 'take' ? api.takeBack(video.id) : api.giveBack(video.id)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['my-videos'] });
      onClose();
      toast(say(deed === 'take' ? 'back.taken' : 'back.given'));
    },
  });
  return (
    <Confirm
      title={say(`back.${deed}Title`)}
      yes={say(`back.${deed}Yes`)}
      no={say('back.no')}
      danger={deed === 'take'}
      busy={turn.isPending}
      error={turn.error ? problemSentence(words, turn.error) : null}
      onYes={() => turn.mutate()}
      onNo={onClose}
    >
      <p>{say(`back.${deed}Text`)}</p>
    </Confirm>
  );
}
