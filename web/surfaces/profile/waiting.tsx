import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock, FilePen, Send } from 'lucide-react';
import { useId, useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { asUploadRefusal } from '../upload/refusal.rules.ts';
import { faultOf, spelledOut, suggestedTime } from '../upload/when.rules.ts';
import { TimeField } from '../upload/when.tsx';
import styles from './my-videos.module.css';

/** A video that is not out yet: when it goes out, kept back, or now. Changes show when the server has made them. */
export function useWaiting(video: Video): { entries: MenuEntry[]; dialog: React.ReactNode } {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [choosing, setChoosing] = useState(false);
  const done = async (changed: Video) => {
    await queries.invalidateQueries({ queryKey: ['my-videos'] });
    void queries.invalidateQueries({ queryKey: ['profile-videos'] });
    setChoosing(false);
    toast(
      {
        draft: say('publish.waiting.keptBack'),
        scheduled: say('publish.waiting.rescheduled'),
        processing: say('publish.waiting.soonOut'),
        published: say('publish.waiting.isOut'),
        refused: say('publish.waiting.isRefused'),
      }[changed.status],
    );
  };
  const deed = useMutation({
    mutationFn: (publishAt: string | null | 'now') =>
      publishAt === 'now' ? api.publishNow(video.id) : api.scheduleVideo(video.id, publishAt),
    onSuccess: done,
    onError: (error, publishAt) => {
      // With the window open the sentence stands in it.
      if (publishAt === null || publishAt === 'now') toast(problemSentence(words, error));
    },
  });
  const waits = video.status === 'draft' || video.status === 'scheduled';
  if (!waits) return { entries: [], dialog: null };
  const entries: MenuEntry[] = [
    {
      label: say('publish.waiting.now'),
      icon: <Send size={18} aria-hidden="true" />,
      onPress: () => deed.mutate('now'),
    },
    {
      label: say(video.status === 'draft' ? 'publish.waiting.schedule' : 'publish.waiting.reschedule'),
      icon: <CalendarClock size={18} aria-hidden="true" />,
      onPress: () => {
        deed.reset();
        setChoosing(true);
      },
    },
    ...(video.status === 'scheduled'
      ? [
          {
            label: say('publish.waiting.keepBack'),
            icon: <FilePen size={18} aria-hidden="true" />,
            onPress: () => deed.mutate(null),
          },
        ]
      : []),
  ];
  return {
    entries,
    dialog: choosing && (
      <Schedule
        video={video}
        busy={deed.isPending}
        error={deed.error ? problemSentence(words, deed.error) : null}
        onDone={(publishAt) => deed.mutate(publishAt)}
        onClose={() => setChoosing(false)}
      />
    ),
  };
}

function Schedule({
  video,
  busy,
  error,
  onDone,
  onClose,
}: {
  video: Video;
  busy: boolean;
  error: string | null;
  onDone: (publishAt: string) => void;
  onClose: () => void;
}) {
  const { say } = useWords();
  const form = useId();
  const [publishAt, setPublishAt] = useState(() => video.publishAt ?? suggestedTime(Date.now()));
  return (
    <Dialog
      title={say('publish.waiting.title')}
      keepOpen={busy}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {say('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" busy={busy}>
            {say('publish.when.button')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        style={{ display: 'contents' }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && faultOf(publishAt, Date.now()) === null) onDone(publishAt);
        }}
      >
        {error && <Notice kind="wrong">{error}</Notice>}
        <TimeField publishAt={publishAt} onChange={setPublishAt} />
      </form>
    </Dialog>
  );
}

/** The line that says why others do not see it yet. */
export function WaitingLine({ video }: { video: Video }) {
  const { say, language } = useWords();
  if (video.status === 'scheduled' && video.publishAt)
    return (
      <p className={styles.making}>
        {say('publish.when.goesOut', { when: spelledOut(language, video.publishAt) })}
      </p>
    );
  // Of a sound that cannot be used is spoken where another can be chosen.
  if (video.status !== 'draft' || video.refusal?.code === 'sound_not_usable') return null;
  return (
    <p className={video.refusal ? styles.refused : styles.making}>
      {video.refusal
        ? say(`upload.refusal.${asUploadRefusal(video.refusal.code)}.what`, { duration: '', size: '' })
        : say('publish.waiting.draft')}
    </p>
  );
}
