import type { Kysely } from 'kysely';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, VideoId } from '../../../contract/ids.ts';
import type { InsightDay, Insights, VideoInsights } from '../../../contract/insights.ts';
import type { Post } from '../posts/posts.ts';
import { csvOf, daysTable } from './export.rules.ts';
import {
  ageReached,
  crowdsOf,
  type DayRow,
  figuresOf,
  hoursOf,
  middleOf,
  retentionOf,
  sourcesOf,
  viewsUntil,
  wholeOf,
} from './figures.rules.ts';
import { countedAt, mostViewed, readDays, readLives } from './figures.store.ts';
import { type FollowerDay, readFollowers } from './followers.store.ts';
import type { InsightTables } from './insights.tables.ts';
import type { InsightsDeps } from './insights.ts';

type Deps = Pick<InsightsDeps, 'clock' | 'accounts' | 'media' | 'posts' | 'social'> & {
  db: Kysely<InsightTables>;
};
export type Reading = ReturnType<typeof createReading>;

const dayMs = 86_400_000;
const mostVideos = 10;
/** The usual is the middle of so many of one's latest; of fewer than three others there is none. */
const compareWith = 12;
const compareLooked = 48;
const leastOthers = 3;

const dayAt = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** What the pages of insights ask: sums by day, never the log. */
export function createReading(deps: Deps) {
  const { db, clock, posts, media, accounts, social } = deps;

  /** Whole days of UTC, the last of them today. */
  const spanOf = (days: number, endMs = clock.now()) =>
    Array.from({ length: days }, (_, at) => dayAt(endMs - (days - 1 - at) * dayMs));

  const shared = (rows: readonly DayRow[], days: readonly string[]) => {
    const whole = wholeOf(rows);
    return {
      from: days[0]!,
      to: days.at(-1)!,
      total: figuresOf(whole),
      series: seriesOf(rows, days),
      hours: hoursOf(whole.hours),
      sources: sourcesOf(whole.sums),
      languages: crowdsOf(whole.crowds, 'language'),
      regions: crowdsOf(whole.crowds, 'region'),
    };
  };

  const urlsOf = async (found: readonly Post[]) => {
    const [people, assets] = await Promise.all([
      accounts.people([...new Set(found.map((post) => post.authorId))]),
      media.assets(found.flatMap((post) => post.assetId ?? [])),
    ]);
    return (post: Post) => ({
      id: post.id,
      url: `/@${encodeURIComponent(people.get(post.authorId)?.handle ?? '')}/video/${encodeURIComponent(post.id)}`,
      caption: post.caption,
      posterUrl: (post.assetId && assets.get(post.assetId)?.posterUrl) || null,
    });
  };

  const own = async (accountId: AccountId, id: VideoId): Promise<Post> => {
    const post = (await posts.posts([id])).get(id);
    if (post?.authorId !== accountId) throw new Refusal('not_found');
    return post;
  };

  /** This video beside the middle of one's latest others that have reached its age. */
  const usualOf = async (post: Post): Promise<VideoInsights['usual']> => {
    const ageOf = (one: Post) => clock.now() - Date.parse(one.publishedAt ?? '');
    const ageHours = post.publishedAt ? ageReached(ageOf(post)) : null;
    if (ageHours === null) return null;
    const { ids } = await posts.byAuthor(post.authorId, { limit: compareLooked, statuses: ['published'] });
    const known = await posts.posts(ids);
    const others = ids
      .flatMap((id) => known.get(id) ?? [])
      .filter((one) => one.id !== post.id && ageOf(one) >= ageHours * 3_600_000)
      .slice(0, compareWith);
    if (others.length < leastOthers) return null;
    const lives = await readLives(db, [post.id, ...others.map((one) => one.id)]);
    const told = (one: Post) => {
      const life = lives.get(one.id);
      const figures = figuresOf(wholeOf(life ? [life] : []));
      const { averageWatchMs, finishRate, follows, views } = figures;
      return {
        // Nobody watched it: that is a number of views like any other, and no rate at all.
        views: viewsUntil(life?.sums ?? {}, ageHours),
        averageShare: averageWatchMs === null || !one.durationMs ? null : averageWatchMs / one.durationMs,
        finishRate,
        followsPerView: views > 0 ? follows / views : null,
      };
    };
    const [mine, all] = [told(post), others.map(told)];
    const beside = (name: keyof typeof mine) => ({
      own: mine[name],
      usual: middleOf(all.map((one) => one[name])),
    });
    return {
      ageHours,
      videos: others.length,
      views: beside('views'),
      averageShare: beside('averageShare'),
      finishRate: beside('finishRate'),
      followsPerView: beside('followsPerView'),
    };
  };

  return {
    async inAll(accountId: AccountId, count: number): Promise<Insights> {
      const days = spanOf(count);
      const daysBefore = spanOf(count, clock.now() - count * dayMs);
      const [from, to] = [days[0]!, days.at(-1)!];
      const [rows, top, counted, follows, changes] = await Promise.all([
        readDays(db, accountId, daysBefore[0]!, to),
        mostViewed(db, accountId, from, to, mostVideos),
        countedAt(db),
        social.followCounts(accountId),
        readFollowers(db, accountId, from, to),
      ]);
      const known = await posts.posts(top.map((one) => one.id));
      const card = await urlsOf([...known.values()]);
      return {
        ...shared(
          rows.filter((row) => row.day >= from),
          days,
        ),
        countedAt: counted,
        before: figuresOf(wholeOf(rows.filter((row) => row.day < from))),
        followers: { now: follows.followers, ...gainedOf(changes, days) },
        videos: top.flatMap(({ id, views }) => {
          const post = known.get(id);
          return post ? [{ ...card(post), views }] : [];
        }),
      };
    },
    async ofVideo(accountId: AccountId, id: VideoId, count: number): Promise<VideoInsights> {
      const post = await own(accountId, id);
      const days = spanOf(count);
      const [rows, lives, counted, usual, card] = await Promise.all([
        readDays(db, id, days[0]!, days.at(-1)!),
        readLives(db, [id]),
        countedAt(db),
        usualOf(post),
        urlsOf([post]),
      ]);
      const life = wholeOf([...lives.values()]);
      const durationMs = post.durationMs ?? 0;
      return {
        ...shared(rows, days),
        countedAt: counted,
        video: { ...card(post), durationMs, status: post.status, publishedAt: post.publishedAt },
        life: figuresOf(life),
        retention: retentionOf(life.sums, durationMs),
        usual,
      };
    },
    async tableInAll(accountId: AccountId, count: number): Promise<string> {
      const days = spanOf(count);
      return csvOf(daysTable(days, await readDays(db, accountId, days[0]!, days.at(-1)!), []));
    },
    async tableOfVideo(accountId: AccountId, id: VideoId, count: number): Promise<string> {
      const post = await own(accountId, id);
      const days = spanOf(count);
      const rows = await readDays(db, id, days[0]!, days.at(-1)!);
      return csvOf(
        daysTable(days, rows, [
          ['video', post.id],
          ['caption', post.caption],
        ]),
      );
    },
  };
}

function seriesOf(rows: readonly DayRow[], days: readonly string[]): InsightDay[] {
  const known = new Map(rows.map((row) => [row.day, row]));
  return days.map((day) => {
    const row = known.get(day);
    const { plays, views, viewers, watchedMs } = figuresOf(wholeOf(row ? [row] : []));
    return { day, plays, views, viewers, watchedMs };
  });
}

function gainedOf(changes: readonly FollowerDay[], days: readonly string[]) {
  const known = new Map(changes.map((one) => [one.day, one.followers - one.before]));
  const series = days.map((day) => ({ day, gained: known.get(day) ?? 0 }));
  return { series, gained: series.reduce((sum, one) => sum + one.gained, 0) };
}
