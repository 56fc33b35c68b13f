import type { AccountId, SoundId } from '../../../contract/ids.ts';
import type { Database } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { hearNews } from './sounds.events.ts';
import { soundsStore } from './sounds.store.ts';

/**
 * Sounds that videos bring with them, and who uses them: a projection of what posts says, kept from its news. A sound
 * ends when its owner's video is deleted and nobody uses it. Knows no files: a sound is heard through its videos.
 */
export type Sounds = {
  /** One query. A sound that is not (yet) known is not in the map. */
  cards(ids: readonly SoundId[]): Promise<Map<SoundId, SoundRow>>;
  /** May this account publish a video with it? Its own always; another's when it is heard in public. */
  usable(id: SoundId, accountId: AccountId): Promise<boolean>;
};

export type SoundRow = {
  id: SoundId;
  /** Null: it was given no name, and is called "original sound". */
  title: string | null;
  ownerId: AccountId;
  original: boolean;
  /** Public videos that use it, the owner's among them. */
  uses: number;
  demo: boolean;
};

export function createSounds(deps: { database: Database; outbox: Outbox }): Sounds {
  const store = soundsStore(deps.database);
  hearNews(deps.outbox, store);
  return {
    async cards(ids) {
      if (ids.length === 0) return new Map();
      const rows = await store.many(ids);
      return new Map(
        rows.map((row) => [
          row.id,
          {
            id: row.id,
            title: row.title,
            ownerId: row.owner_id,
            original: true,
            uses: row.uses,
            demo: row.demo,
          },
        ]),
      );
    },
    async usable(id, accountId) {
      const [row] = await store.many([id]);
      return row !== undefined && (row.uses > 0 || row.owner_id === accountId);
    },
  };
}
