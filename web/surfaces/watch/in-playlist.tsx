import { ListVideo } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { Playlist } from '../../../contract/playlists.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { Link } from '../../shell/link.tsx';
import type { Feed } from '../feed/feed.store.ts';
import styles from './in-playlist.module.css';

/** Over the stage: which playlist this is, and how far one is in it. */
export function InPlaylist({ feed, playlist }: { feed: Feed; playlist: Playlist }) {
  const { say } = useWords();
  const { index, items } = useSyncExternalStore(feed.state.subscribe, feed.state.get);
  if (index >= items.length) return null;
  return (
    <Link href={paths.playlist(playlist.id)} className={styles.banner}>
      <ListVideo size={18} aria-hidden="true" />
      <span>{say('playlist.place', { place: index + 1, count: items.length, title: playlist.title })}</span>
    </Link>
  );
}
