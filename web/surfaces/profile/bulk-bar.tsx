import { useQueryClient } from '@tanstack/react-query';
import { Eye, ListPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Audience, Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { toast } from '../../ui/toast.tsx';
import { PlaylistPicker } from '../playlist/playlist-picker.tsx';
import { onEach } from './bulk.rules.ts';
import styles from './my-videos.module.css';

type Open = 'audience' | 'delete' | 'playlist' | null;

/** What can be done with all videos that are chosen. Deleting and audience are exact: the list changes afterwards. */
export function BulkBar({ chosen, onDone }: { chosen: readonly Video[]; onDone: (left: string[]) => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>(null);
  const [audience, setAudience] = useState<Audience>('everyone');
  const [done, setDone] = useState<number | null>(null);
  const [failed, setFailed] = useState<{ count: number; why: string } | null>(null);
  const busy = done !== null;
  const run = async (deed: (video: Video) => Promise<unknown>, words_: (count: number) => string) => {
    setDone(0);
    setFailed(null);
    const wrong = await onEach(chosen, deed, setDone);
    await queries.invalidateQueries({ queryKey: ['my-videos'] });
    void queries.invalidateQueries({ queryKey: ['profile-videos'] });
    void queries.invalidateQueries({ queryKey: ['profile'] });
    setDone(null);
    if (wrong.length > 0) setFailed({ count: wrong.length, why: problemSentence(words, wrong[0]!.error) });
    else {
      setOpen(null);
      toast(words_(chosen.length));
    }
    onDone(wrong.map((one) => one.item.id));
  };
  const close = () => {
    setOpen(null);
    setFailed(null);
  };
  const told = failed && say('mine.bulk.failed', { count: failed.count, why: failed.why });
  const progress = busy && (
    <Progress
      label={say('mine.bulk.progress')}
      share={chosen.length === 0 ? 1 : done / chosen.length}
      text={say('mine.bulk.done', { done, count: chosen.length })}
    />
  );
  return (
    <section className={styles.bulk} aria-label={say('mine.bulk.label')}>
      <p className={styles.count} role="status">
        {say('mine.bulk.chosen', { count: chosen.length })}
      </p>
      <div className={styles.deeds}>
        <Button
          small
          icon={<Eye size={18} aria-hidden="true" />}
          disabled={chosen.length === 0}
          onClick={() => setOpen('audience')}
        >
          {say('video.audience.label')}
        </Button>
        <Button
          small
          icon={<ListPlus size={18} aria-hidden="true" />}
          disabled={chosen.length === 0}
          onClick={() => setOpen('playlist')}
        >
          {say('playlist.add')}
        </Button>
        <Button
          small
          look="danger"
          icon={<Trash2 size={18} aria-hidden="true" />}
          disabled={chosen.length === 0}
          onClick={() => setOpen('delete')}
        >
          {say('mine.delete')}
        </Button>
      </div>
      {open === 'audience' && (
        <Dialog
          title={say('mine.bulk.audience', { count: chosen.length })}
          keepOpen={busy}
          onClose={close}
          actions={
            <>
              <Button onClick={close} disabled={busy}>
                {say('ui.cancel')}
              </Button>
              <Button
                look="primary"
                busy={busy}
                onClick={() =>
                  void run(
                    (video) => api.changeVideo(video.id, { audience }),
                    (count) => say('mine.bulk.changed', { count }),
                  )
                }
              >
                {say('ui.save')}
              </Button>
            </>
          }
        >
          {told && <Notice kind="wrong">{told}</Notice>}
          <RadioGroup
            label={say('video.audience.label')}
            hideLabel
            value={audience}
            options={(['everyone', 'followers', 'me'] as const).map((value) => ({
              value,
              label: say(`video.audience.${value}`),
              hint: say(`video.audience.${value}Hint`),
            }))}
            onChange={setAudience}
          />
          {progress}
        </Dialog>
      )}
      {open === 'delete' && (
        <Confirm
          title={say('mine.bulk.deleteTitle', { count: chosen.length })}
          yes={say('mine.deleteYes')}
          no={say('mine.deleteNo')}
          danger
          busy={busy}
          error={told}
          onYes={() =>
            void run(
              (video) => api.deleteVideo(video.id),
              (count) => say('mine.bulk.deleted', { count }),
            )
          }
          onNo={close}
        >
          <p>
            {say('mine.deleteText', {
              views: chosen.reduce((sum, video) => sum + video.counts.views, 0),
              likes: chosen.reduce((sum, video) => sum + video.counts.likes, 0),
            })}
          </p>
          {progress}
        </Confirm>
      )}
      {open === 'playlist' && (
        <PlaylistPicker
          ids={chosen.map((video) => video.id)}
          onClose={close}
          onDone={() => {
            close();
            onDone([]);
          }}
        />
      )}
    </section>
  );
}
