import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ListVideo } from 'lucide-react';
import { useId, useState } from 'react';
import { mostPlaylists } from '../../../contract/playlists.ts';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { newKey } from '../../projector.ts';
import { useMe } from '../../session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import styles from './playlist.module.css';

/** Into which of one's playlists, or a new one. */
export function PlaylistPicker({
  ids,
  onClose,
  onDone,
}: {
  ids: readonly string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const words = useWords();
  const { say } = words;
  const form = useId();
  const handle = useMe()?.handle ?? '';
  const queries = useQueryClient();
  const [title, setTitle] = useState('');
  // One wish, however often it is sent.
  const [key] = useState(newKey);
  const list = useQuery({
    queryKey: ['playlists', handle],
    queryFn: ({ signal }) => api.playlists(handle, signal),
  });
  const put = useMutation({
    mutationFn: (to: { id: string } | { title: string }) =>
      'id' in to
        ? api.addToPlaylist(to.id, ids)
        : api.createPlaylist({ key, title: to.title, ids: [...ids] }),
    onSuccess: (playlist) => {
      void queries.invalidateQueries({ queryKey: ['playlists'] });
      void queries.invalidateQueries({ queryKey: ['playlist', playlist.id] });
      toast(say('playlist.added', { count: ids.length, title: playlist.title }));
      onDone();
    },
  });
  const playlists = list.data?.playlists ?? [];
  const error = put.error ?? list.error;
  return (
    <Dialog title={say('playlist.add')} keepOpen={put.isPending} onClose={onClose}>
      {error && <Notice kind="wrong">{problemSentence(words, error)}</Notice>}
      {list.isPending && <Skeleton width="100%" height="6rem" />}
      {playlists.length > 0 && (
        <ul className={styles.choices} aria-label={say('playlist.mine')}>
          {playlists.map((playlist) => (
            <li key={playlist.id}>
              <button
                type="button"
                className={styles.choice}
                aria-disabled={put.isPending || undefined}
                onClick={() => {
                  if (!put.isPending) put.mutate({ id: playlist.id });
                }}
              >
                <ListVideo size={20} aria-hidden="true" />
                <bdi>{playlist.title}</bdi>
                <span className={styles.count}>{say('playlist.count', { count: playlist.videos })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {list.isSuccess && playlists.length < mostPlaylists && (
        <form
          id={form}
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (title.trim() && !put.isPending) put.mutate({ title: title.trim() });
          }}
        >
          <TextField
            label={say('playlist.new')}
            value={title}
            maxLength={100}
            dir="auto"
            onChange={(event) => setTitle(event.target.value)}
          />
          <Button type="submit" look="primary" busy={put.isPending} disabled={!title.trim()}>
            {say('playlist.create')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
