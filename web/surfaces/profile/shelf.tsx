import { useQuery } from '@tanstack/react-query';
import { ListVideo } from 'lucide-react';
import { api } from '../../api.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import { Grid, Tile } from '../../ui/grid.tsx';
import { Poster } from '../grid/video-grid.tsx';
import styles from '../playlist/playlist.module.css';

/** What stands above somebody's videos: pinned ones and playlists. Without any there is nothing, and nothing waits. */
export function Shelf({ handle }: { handle: string }) {
  const { say } = useWords();
  const pins = useQuery({
    queryKey: ['pins', handle],
    queryFn: ({ signal }) => api.pinnedVideos(handle, signal),
  });
  const lists = useQuery({
    queryKey: ['playlists', handle],
    queryFn: ({ signal }) => api.playlists(handle, signal),
  });
  const pinned = pins.data?.videos ?? [];
  const playlists = lists.data?.playlists ?? [];
  return (
    <>
      {pinned.length > 0 && (
        <section className={styles.part} aria-label={say('playlist.pinned')}>
          <h2>{say('playlist.pinned')}</h2>
          <Grid label={say('playlist.pinned')}>
            {pinned.map((video) => (
              <Tile key={video.id}>
                <Poster video={video} />
              </Tile>
            ))}
          </Grid>
        </section>
      )}
      {playlists.length > 0 && (
        <section className={styles.part} aria-label={say('playlist.all')}>
          <h2>{say('playlist.all')}</h2>
          <ul className={styles.shelf}>
            {playlists.map((playlist) => (
              <li key={playlist.id}>
                <Link href={paths.playlist(playlist.id)} className={styles.onShelf}>
                  <span className={styles.poster}>
                    {playlist.coverUrl ? (
                      <img src={playlist.coverUrl} alt="" loading="lazy" />
                    ) : (
                      <ListVideo size={20} aria-hidden="true" />
                    )}
                  </span>
                  <span className={styles.words}>
                    <bdi className={styles.caption}>{playlist.title}</bdi>
                    <span className={styles.count}>{say('playlist.count', { count: playlist.videos })}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
