import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListPlus, Pin, PinOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Video } from '../../../contract/videos.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { useMe } from '../../session.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.tsx';
import { PlaylistPicker } from '../playlist/playlist-picker.tsx';

/** To the top of one's profile, or down from it; and into a playlist. */
export function usePin(video: Video): { entries: MenuEntry[]; dialog: ReactNode } {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [picking, setPicking] = useState(false);
  const handle = useMe()?.handle ?? '';
  const pins = useQuery({
    queryKey: ['pins', handle],
    queryFn: ({ signal }) => api.pinnedVideos(handle, signal),
    enabled: handle !== '',
  });
  const isPinned = pins.data?.videos.some((one) => one.id === video.id) ?? false;
  const pin = useMutation({
    mutationFn: (on: boolean) => api.pinVideo(video.id, on),
    onSuccess: async ({ pinned }) => {
      await queries.invalidateQueries({ queryKey: ['pins'] });
      toast(say(pinned ? 'playlist.pin.done' : 'playlist.unpin.done'));
    },
    onError: (error) => toast(problemSentence(words, error)),
  });
  const entries: MenuEntry[] = [];
  if (pins.isSuccess && (isPinned || video.status === 'published'))
    entries.push({
      label: say(isPinned ? 'playlist.unpin' : 'playlist.pin'),
      icon: isPinned ? <PinOff size={18} aria-hidden="true" /> : <Pin size={18} aria-hidden="true" />,
      onPress: () => pin.mutate(!isPinned),
    });
  entries.push({
    label: say('playlist.add'),
    icon: <ListPlus size={18} aria-hidden="true" />,
    onPress: () => setPicking(true),
  });
  const close = () => setPicking(false);
  return {
    entries,
    dialog: picking ? <PlaylistPicker ids={[video.id]} onClose={close} onDone={close} /> : null,
  };
}
