import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Film, ListVideo, Pencil, Play, Trash2, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { Playlist } from '../../../contract/playlists.ts';
import type { Video } from '../../../contract/videos.ts';
import { api, isMissing } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { Link, navigate } from '../../shell/link.tsx';
import { Button, buttonClass, IconButton } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { toast } from '../../ui/toast.tsx';
import { Missing } from '../not-found/not-found.tsx';
import { moved } from './order.rules.ts';
import styles from './playlist.module.css';

type Whole = { playlist: Playlist; videos: Video[] };

/** Videos of one person in an order; whose it is may change it. */
export function PlaylistSurface({ id }: { id: string }) {
  const words = useWords();
  const { say } = words;
  const asked = useQuery({ queryKey: ['playlist', id], queryFn: ({ signal }) => api.playlist(id, signal) });
  if (isMissing(asked.error))
    return <Missing title={say('playlist.missing')} text={say('playlist.missingText')} />;
  if (asked.isError)
    return (
      <Page title={say('playlist.title')} hideTitle>
        <ErrorState title={say('playlist.failed')} onRetry={() => void asked.refetch()}>
          <p>{problemSentence(words, asked.error)}</p>
        </ErrorState>
      </Page>
    );
  if (!asked.data)
    return (
      <Page title={say('playlist.title')} hideTitle>
        <Skeleton width="100%" height="12rem" />
      </Page>
    );
  return <Told whole={asked.data} />;
}

function Told({ whole }: { whole: Whole }) {
  const words = useWords();
  const { say, rich } = words;
  const queries = useQueryClient();
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null);
  const [spoken, setSpoken] = useState('');
  const { playlist, videos } = whole;
  const queryKey = ['playlist', playlist.id];
  const arrange = useMutation({
    mutationFn: (now: readonly Video[]) =>
      api.changePlaylist(playlist.id, { ids: now.map((video) => video.id) }),
    onMutate: (now) => {
      queries.setQueryData<Whole>(queryKey, { playlist, videos: [...now] });
      return whole;
    },
    onError: (error, _now, before) => {
      if (before) queries.setQueryData(queryKey, before);
      toast(problemSentence(words, error));
    },
    // One change after the other: the last order is the one that stays.
    scope: { id: playlist.id },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['playlists'] }),
  });
  const move = (from: number, to: number) => {
    arrange.mutate(moved(videos, from, to));
    setSpoken(say('playlist.moved', { place: to + 1, count: videos.length }));
  };
  const first = videos.find((video) => video.media);
  return (
    <Page
      title={playlist.title}
      lead={rich('playlist.by', {
        count: playlist.videos,
        handle: playlist.owner.handle,
        person: (parts) => <Link href={paths.person(playlist.owner.handle)}>{parts}</Link>,
      })}
    >
      <div className={styles.deeds}>
        {first && (
          <Link href={paths.inPlaylist(first.url, playlist.id)} className={buttonClass({ look: 'primary' })}>
            <Play size={18} fill="currentColor" aria-hidden="true" />
            <span>{say('playlist.play')}</span>
          </Link>
        )}
        {playlist.mine && (
          <>
            <Button icon={<Pencil size={18} aria-hidden="true" />} onClick={() => setOpen('rename')}>
              {say('playlist.rename')}
            </Button>
            <Button icon={<Trash2 size={18} aria-hidden="true" />} onClick={() => setOpen('delete')}>
              {say('playlist.delete')}
            </Button>
          </>
        )}
      </div>
      {videos.length === 0 && (
        <EmptyState
          icon={<ListVideo size={34} aria-hidden="true" />}
          title={say('playlist.empty.title')}
          action={
            <Link href={paths.myVideos()} className={buttonClass({ look: 'primary' })}>
              {say('mine.title')}
            </Link>
          }
        >
          <p>{say('playlist.empty.text')}</p>
        </EmptyState>
      )}
      <ol className={styles.videos} aria-label={playlist.title}>
        {videos.map((video, at) => (
          <Row
            key={video.id}
            video={video}
            at={at}
            last={at === videos.length - 1}
            playlist={playlist}
            onMove={(to) => move(at, to)}
            onRemove={() => arrange.mutate(videos.filter((one) => one.id !== video.id))}
          />
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {spoken}
      </p>
      {open === 'rename' && <Rename playlist={playlist} onClose={() => setOpen(null)} />}
      {open === 'delete' && <Delete playlist={playlist} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function Row({
  video,
  at,
  last,
  playlist,
  onMove,
  onRemove,
}: {
  video: Video;
  at: number;
  last: boolean;
  playlist: Playlist;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const caption = video.caption || say('grid.noCaption');
  const body = (
    <>
      <span className={styles.poster}>
        {video.media ? (
          <img src={video.media.posterUrl} alt="" loading="lazy" />
        ) : (
          <Film size={20} aria-hidden="true" />
        )}
      </span>
      <span className={styles.words}>
        <span className={styles.caption} dir="auto">
          {caption}
        </span>
        <span className={styles.count}>
          {video.media && `${figures.clock(video.media.durationMs)} · `}
          {say(`video.audience.${video.audience}`)}
        </span>
      </span>
    </>
  );
  return (
    <li className={styles.video}>
      <span className={styles.number} aria-hidden="true">
        {figures.whole(at + 1)}
      </span>
      {video.media ? (
        <Link href={paths.inPlaylist(video.url, playlist.id)} className={styles.link}>
          {body}
        </Link>
      ) : (
        <span className={styles.link}>{body}</span>
      )}
      {playlist.mine && (
        <span className={styles.tools}>
          <IconButton
            label={say('playlist.up', { caption })}
            icon={<ArrowUp size={20} aria-hidden="true" />}
            disabled={at === 0}
            onClick={() => onMove(at - 1)}
          />
          <IconButton
            label={say('playlist.down', { caption })}
            icon={<ArrowDown size={20} aria-hidden="true" />}
            disabled={last}
            onClick={() => onMove(at + 1)}
          />
          <IconButton
            label={say('playlist.takeOut', { caption })}
            icon={<X size={20} aria-hidden="true" />}
            onClick={onRemove}
          />
        </span>
      )}
    </li>
  );
}

function Rename({ playlist, onClose }: { playlist: Playlist; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const form = useId();
  const queries = useQueryClient();
  const [title, setTitle] = useState(playlist.title);
  const save = useMutation({
    mutationFn: () => api.changePlaylist(playlist.id, { title: title.trim() }),
    onSuccess: (whole) => {
      queries.setQueryData<Whole>(['playlist', playlist.id], whole);
      void queries.invalidateQueries({ queryKey: ['playlists'] });
      onClose();
    },
  });
  return (
    <Dialog
      title={say('playlist.rename')}
      keepOpen={save.isPending}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} disabled={save.isPending}>
            {say('ui.cancel')}
          </Button>
          <Button type="submit" form={form} look="primary" busy={save.isPending} disabled={!title.trim()}>
            {say('ui.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() && !save.isPending) save.mutate();
        }}
      >
        {save.error && <Notice kind="wrong">{problemSentence(words, save.error)}</Notice>}
        <TextField
          label={say('playlist.name')}
          value={title}
          maxLength={100}
          dir="auto"
          data-first-focus
          onChange={(event) => setTitle(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

function Delete({ playlist, onClose }: { playlist: Playlist; onClose: () => void }) {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.deletePlaylist(playlist.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['playlists'] });
      toast(say('playlist.deleted'));
      navigate(paths.person(playlist.owner.handle));
    },
  });
  return (
    <Confirm
      title={say('playlist.deleteTitle')}
      yes={say('playlist.delete')}
      no={say('mine.deleteNo')}
      danger
      busy={remove.isPending}
      error={remove.error ? problemSentence(words, remove.error) : null}
      onYes={() => remove.mutate()}
      onNo={onClose}
    >
      <p>{say('playlist.deleteText')}</p>
    </Confirm>
  );
}
