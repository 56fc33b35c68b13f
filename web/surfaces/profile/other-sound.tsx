import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Music2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { SoundChoice } from '../sounds/sound-choice.tsx';
import styles from './my-videos.module.css';

const askAgainMs = 1500;

/** A video that fell silent, or did not go out because of its sound: why, and another one for it. */
export function OtherSound({ video }: { video: Video }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const take = useMutation({ mutationFn: (soundId: string) => api.replaceSound(video.id, soundId) });
  const laying = take.data !== undefined;
  const { data: now } = useQuery({
    queryKey: ['video', video.id, 'other-sound', take.data?.sound?.id],
    queryFn: ({ signal }) => api.getVideo(video.id, signal),
    enabled: laying,
    refetchInterval: askAgainMs,
  });
  const isLaid = laying && now?.media?.hasSound === true;
  useEffect(() => {
    if (!isLaid) return;
    setOpen(false);
    toast(say('otherSound.laid'));
    void queries.invalidateQueries({ queryKey: ['my-videos'] });
  }, [isLaid, queries, say]);
  const silent = video.sound?.withdrawn === true && video.media?.hasSound === false;
  const unusable = video.status === 'draft' && video.refusal?.code === 'sound_not_usable';
  if ((!silent && !unusable) || isLaid) return null;
  return (
    <>
      {silent && <p className={styles.refused}>{say('otherSound.silent')}</p>}
      {unusable && !silent && <p className={styles.refused}>{say('otherSound.unusable')}</p>}
      <div>
        <Button small icon={<Music2 size={18} aria-hidden="true" />} onClick={() => setOpen(true)}>
          {say('otherSound.choose')}
        </Button>
      </div>
      {open && laying && (
        <Dialog title={say('otherSound.title')} onClose={() => setOpen(false)}>
          <Notice>{say('otherSound.laying')}</Notice>
        </Dialog>
      )}
      {open && !laying && (
        <SoundChoice
          busy={take.isPending}
          problem={take.error ? problemSentence(words, take.error) : null}
          onTake={(sound) => take.mutate(sound.id)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
