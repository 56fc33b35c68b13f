import { Clapperboard } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { EditList } from '../../../contract/edit-list.ts';
import { settings } from '../../settings.ts';
import styles from './start-room.module.css';

/** Drawn once for each state of a draft, one after the other, while this tab lives. */
const drawn = new Map<string, Promise<string | null>>();
let turn: Promise<unknown> = Promise.resolve();
/** What draws them is large: it comes when the room is there, and the camera has had the line for itself. */
const soonMs = 1500;

/** Rejects when its turn comes and nobody looks at the list any more: the camera and the edit room need the machine. */
function coverFor(
  draftId: string,
  changedAt: number,
  list: EditList,
  isWanted: () => boolean,
): Promise<string | null> {
  const key = `${draftId} ${changedAt}`;
  const known = drawn.get(key);
  if (known) return known;
  const found = turn.then(async () => {
    if (!isWanted()) throw new Error('left');
    const { coverOf } = await import('./account/covers.ts');
    const cover = await coverOf(list, [], draftId, new AbortController().signal);
    return cover && URL.createObjectURL(cover);
  });
  turn = found.catch(() => drawn.delete(key));
  drawn.set(key, found);
  return found;
}

/** What a draft of this device looks like; where data is to be saved, a sign. */
export function DraftCover({
  draftId,
  changedAt,
  list,
}: {
  draftId: string;
  changedAt: number;
  list: EditList;
}) {
  const [url, setUrl] = useState<string | null>(null);
  const wanted = list.clips.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changedAt` says when it is another list
  useEffect(() => {
    if (!wanted || settings.get().dataSaver) return undefined;
    let left = false;
    const timer = setTimeout(
      () =>
        coverFor(draftId, changedAt, list, () => !left).then(
          (made) => left || setUrl(made),
          () => {},
        ),
      soonMs,
    );
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [draftId, changedAt, wanted]);
  return (
    <span className={styles.cover}>
      {url ? <img src={url} alt="" /> : <Clapperboard size={20} aria-hidden="true" />}
    </span>
  );
}
