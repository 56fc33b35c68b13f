import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';

/** Deleting is exact: the video leaves the list when the server has deleted it, not before. */
export function DeleteVideo({ video, onClose }: { video: Video; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.deleteVideo(video.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['my-videos'] });
      void queries.invalidateQueries({ queryKey: ['profile'] });
      void queries.invalidateQueries({ queryKey: ['profile-videos'] });
      onClose();
      toast(say('mine.deleted'));
    },
  });
  return (
    <Confirm
      title={say('mine.deleteTitle')}
      yes={say('mine.deleteYes')}
      no={say('mine.deleteNo')}
      danger
      busy={remove.isPending}
      error={remove.error ? problemSentence(words, remove.error) : null}
      onYes={() => remove.mutate()}
      onNo={onClose}
    >
      <p>{say('mine.deleteText', { views: video.counts.views, likes: video.counts.likes })}</p>
    </Confirm>
  );
}
