import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Switch } from '../../ui/choice.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';

/** Deleting is exact: the video leaves the list when the server has deleted it, not before. */
export function DeleteVideo({ video, onClose }: { video: Video; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [alsoBack, setAlsoBack] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      // First, since nobody can take back what is not there any more.
      if (alsoBack) await api.takeBack(video.id);
      await api.deleteVideo(video.id);
    },
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
      {video.counts.madeWith > 0 && (
        <Switch
          label={say('back.withDelete')}
          hint={say('back.withDeleteHint')}
          checked={alsoBack}
          onChange={setAlsoBack}
        />
      )}
    </Confirm>
  );
}
