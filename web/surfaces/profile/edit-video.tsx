import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Allowed } from '../../../contract/credits.ts';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { useInstance } from '../../session.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { VideoCaptions } from '../captions/video-captions.tsx';
import { WhoMay } from '../comments/who-may.tsx';
import { Allow } from '../credits/allow.tsx';
import { CaptionEditor } from '../upload/caption-editor.tsx';

const closed: Allowed = { duet: false, stitch: false, template: false, download: false };

/** Change the words and choices of a published video. Its media stays as it is. */
export function EditVideo({ video, onClose }: { video: Video; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const form = useId();
  const queries = useQueryClient();
  const most = useInstance()?.limits.captionLength ?? 2200;
  const [caption, setCaption] = useState(video.caption);
  const [audience, setAudience] = useState(video.audience);
  const [disclosure, setDisclosure] = useState(video.disclosure);
  const [commentsFrom, setCommentsFrom] = useState(video.commentsFrom);
  const [allowed, setAllowed] = useState(video.making?.allowed ?? closed);
  const save = useMutation({
    mutationFn: () => api.changeVideo(video.id, { caption, audience, commentsFrom, disclosure, allowed }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['my-videos'] });
      void queries.invalidateQueries({ queryKey: ['profile-videos'] });
      onClose();
      toast(say('mine.saved'));
    },
  });
  const audiences = (['everyone', 'followers', 'me'] as const).map((value) => ({
    value,
    label: say(`video.audience.${value}`),
  }));
  return (
    <Dialog
      title={say('mine.editTitle')}
      wide
      keepOpen={save.isPending}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabled={save.isPending}>
            {say('ui.cancel')}
          </Button>
          <Button
            type="submit"
            form={form}
            look="primary"
            busy={save.isPending}
            disabled={caption.length > most}
          >
            {say('ui.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        style={{ display: 'contents' }}
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate();
        }}
      >
        {save.error && <Notice kind="wrong">{problemSentence(words, save.error)}</Notice>}
        <CaptionEditor value={caption} most={most} onChange={setCaption} />
        <RadioGroup
          label={say('video.audience.label')}
          row
          value={audience}
          options={audiences}
          onChange={(chosen) => {
            setAudience(chosen);
            // As the server would: what others may make was said for those who could see it.
            if (video.audience === 'everyone')
              setAllowed(chosen === 'everyone' ? (video.making?.allowed ?? closed) : closed);
          }}
        />
        <WhoMay value={commentsFrom} row onChange={setCommentsFrom} />
        {video.making?.takenBack && <Notice>{say('back.theirs')}</Notice>}
        {audience !== 'me' && (
          <Allow
            legend={say('allow.title')}
            allowed={allowed}
            template={video.making?.template ?? false}
            note={audience === 'followers' ? say('allow.followers') : undefined}
            onChange={setAllowed}
          />
        )}
        <div>
          <Switch
            label={say('video.advertising')}
            checked={disclosure.advertising}
            onChange={(advertising) => setDisclosure({ ...disclosure, advertising })}
          />
          <Switch
            label={say('video.aiMade')}
            checked={disclosure.aiMade}
            onChange={(aiMade) => setDisclosure({ ...disclosure, aiMade })}
          />
        </div>
      </form>
      {video.media && <VideoCaptions video={video} />}
    </Dialog>
  );
}
