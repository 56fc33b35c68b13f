import type { Transaction } from 'kysely';
import type { AccountId } from '../../../contract/ids.ts';
import { endOfPrefix, searchKey } from '../../platform/casefold.ts';
import { type Database, sql } from '../../platform/database.ts';
import { isPublic } from './posts.rules.ts';
import type { PostsTables, VideoRow } from './posts.tables.ts';
import type { TagTopics } from './topics.rules.ts';

type Trx = Transaction<PostsTables>;

/** Beginnings that have an index of their own, in characters; a longer one is looked for among those of its first. */
const beginnings = [5, 3, 2, 1] as const;

type Chosen = Map<string, { tag: string; topic: string; by: number }>;
function choose(chosen: Chosen, tag: string, topics: readonly string[], by: number): void {
  for (const topic of topics) {
    const before = chosen.get(`${tag} ${topic}`)?.by ?? 0;
    chosen.set(`${tag} ${topic}`, { tag, topic, by: before + by });
  }
}

/** The public index of tags, and what is counted and offered from it. */
export function tagsStore(database: Database) {
  const db = database.of<PostsTables>();

  /** Rows are locked in the order of tags, so that two videos never wait for each other in a ring. */
  const count = async (trx: Trx, changes: ReadonlyMap<string, number>): Promise<void> => {
    const tags = [...changes.keys()].filter((tag) => changes.get(tag) !== 0).sort();
    for (const tag of tags) {
      await trx
        .insertInto('tag_counts')
        .values({ tag, key: searchKey(tag), videos: changes.get(tag)! })
        .onConflict((c) => c.column('tag').doUpdateSet({ videos: sql`tag_counts.videos + excluded.videos` }))
        .execute();
    }
    if (tags.length > 0)
      await trx.deleteFrom('tag_counts').where('tag', 'in', tags).where('videos', '<=', 0).execute();
  };

  const countTopics = async (trx: Trx, chosen: Chosen): Promise<void> => {
    const pairs = [...chosen.values()].filter(({ by }) => by !== 0);
    pairs.sort((a, b) => (`${a.tag} ${a.topic}` < `${b.tag} ${b.topic}` ? -1 : 1));
    for (const { tag, topic, by } of pairs) {
      await trx
        .insertInto('tag_topics')
        .values({ tag, topic, videos: by })
        .onConflict((c) =>
          c.columns(['tag', 'topic']).doUpdateSet({ videos: sql`tag_topics.videos + excluded.videos` }),
        )
        .execute();
      if (by < 0)
        await trx
          .deleteFrom('tag_topics')
          .where('tag', '=', tag)
          .where('topic', '=', topic)
          .where('videos', '<=', 0)
          .execute();
    }
  };

  return {
    /** As this row wants it. */
    async index(trx: Trx, row: VideoRow): Promise<void> {
      const before = await trx
        .deleteFrom('video_tags')
        .where('video_id', '=', row.id)
        .returning(['tag', 'topics'])
        .execute();
      const changes = new Map(before.map(({ tag }) => [tag, -1]));
      const chosen: Chosen = new Map();
      for (const { tag, topics } of before) choose(chosen, tag, topics, -1);
      const { published_at, tags } = row;
      if (isPublic(row) && published_at) {
        if (tags.length > 0)
          await trx
            .insertInto('video_tags')
            .values(tags.map((tag) => ({ tag, published_at, video_id: row.id, topics: row.topics })))
            .execute();
        for (const tag of tags) {
          changes.set(tag, (changes.get(tag) ?? 0) + 1);
          choose(chosen, tag, row.topics, 1);
        }
      }
      await count(trx, changes);
      await countTopics(trx, chosen);
    },
    /** The most used that begin with `key`; the work grows with what is shown, or with what shares five letters. */
    async beginning(key: string, limit: number): Promise<{ tag: string; videos: number }[]> {
      const letters = [...key];
      const span = beginnings.find((length) => length <= letters.length);
      return db
        .selectFrom('tag_counts')
        .select(['tag', 'videos'])
        .$if(span !== undefined, (q) =>
          q
            .where(sql<boolean>`left(key, ${sql.lit(span!)}) = ${letters.slice(0, span).join('')}`)
            .where('key', '>=', key)
            .where('key', '<', endOfPrefix(key)),
        )
        .orderBy('videos', 'desc')
        .orderBy('tag')
        .limit(limit)
        .execute();
    },
    /** What was chosen as a topic beside these tags. */
    async topicsOf(tags: readonly string[]): Promise<TagTopics[]> {
      if (tags.length === 0) return [];
      return db
        .selectFrom('tag_topics')
        .selectAll()
        .where('tag', 'in', [...tags])
        .execute();
    },
    /** How many public videos have them; a tag nobody uses is absent. */
    async counts(tags: readonly string[]): Promise<Map<string, number>> {
      if (tags.length === 0) return new Map();
      const rows = await db
        .selectFrom('tag_counts')
        .select(['tag', 'videos'])
        .where('tag', 'in', [...tags])
        .execute();
      return new Map(rows.map((row) => [row.tag, row.videos]));
    },
    /** The author's own, of the newest videos first. */
    async lately(authorId: AccountId, videos: number): Promise<string[]> {
      const rows = await db
        .selectFrom('videos')
        .select('tags')
        .where('author_id', '=', authorId)
        .where('deleted_at', 'is', null)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(videos)
        .execute();
      return [...new Set(rows.flatMap((row) => row.tags))];
    },
  };
}
export type TagsStore = ReturnType<typeof tagsStore>;
