import type { PostFacts } from '../../../contract/events.ts';
import type { AccountId, VideoId, ViewerId } from '../../../contract/ids.ts';
import {
  type ContentGraph,
  createContentGraph,
  type RankedItem,
  type RankRequest,
  type RankSource,
  restoreContentGraph,
} from '../../../packages/content-graph/content-graph.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Log } from '../../platform/log.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Posts } from '../posts/posts.ts';
import type { Signals } from '../signals/signals.ts';
import { isForEverybody, itemOf } from './catalogue.rules.ts';
import { learnEntry } from './learning.rules.ts';
import type { RecommendTables } from './recommend.tables.ts';
import { declareGraphTunables } from './recommend.tunables.ts';
import { readSnapshots, writeSnapshot } from './snapshots.store.ts';
import { createTail } from './tail.ts';

/**
 * Which videos a viewer would like to see, from what was watched. Holds the content graph in memory, learns by
 * reading the log of signals, and keeps snapshots so that a restart costs seconds. Sets the order only: whether a
 * video may be shown is visibility's word, and everything here can be rebuilt from posts and signals.
 */
export type Recommend = {
  forYou(wish: Wish): Promise<{ ranked: Ranked[]; exhausted: boolean }>;
  /** More like this, for nobody in particular. */
  related(videoId: VideoId, limit: number): Ranked[];
  status(): { items: number; users: number; learned: number; lastSeq: number; bytes: number };
  /** Takes a snapshot now when something was learned since the last. */
  save(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type Wish = {
  viewerId: ViewerId;
  /** The viewer's own videos come only when nothing else is left. */
  accountId: AccountId | null;
  limit: number;
  /** True: not this one, it was already served. */
  exclude?: (videoId: string) => boolean;
  follows: readonly AccountId[];
  languages: readonly string[];
  /** Fill up with what was watched before. */
  again: boolean;
  /** Another draw for each page. */
  seed: number;
};

export type Ranked = {
  videoId: VideoId;
  score: number;
  source: RankSource | 'again';
  causes: string[];
  exploration: boolean;
  propensity: number;
};

/** Stamped on every page and snapshot: which code ranked. */
export const model = 'content-graph/1';

/** Up to here the graph looks at every video before it gives up; beyond, only an empty page proves the end. */
const sweptWhole = 2500;
const snapshotEveryMs = 60_000;
const tuneEveryMs = 3000;
/**
 * A page waits at most this long for signals that were answered before it was asked for. Usually that is a few
 * milliseconds; on a machine that is out of breath a late page is better than one that shows again what was just seen.
 */
const waitForLearningMs = 1000;
const topic = 'recommend.catalogue';

export type RecommendDeps = {
  database: Database;
  outbox: Outbox;
  bus: Bus;
  clock: Clock;
  log: Log;
  tunables: Tunables;
  signals: Pick<Signals, 'after' | 'onStored'>;
  posts: Pick<Posts, 'publishedAfter'>;
};

export function createRecommend(deps: RecommendDeps): Recommend {
  const { clock, log, outbox, bus } = deps;
  const db = deps.database.of<RecommendTables>();
  const processId = newId(10);
  const tuned = declareGraphTunables(deps.tunables);
  const options = () => ({ seed: 20261122, tunables: tuned() });
  let optionsNow = JSON.stringify(options());
  let graph: ContentGraph = createContentGraph(options());
  /** What may be ranked, and by whom it is: the items of the graph. */
  const catalogue = new Map<string, { authorId: string; tags: readonly string[] }>();
  /** How many of them an author has. */
  const worksOf = new Map<string, number>();
  let changes = 0;
  let savedChanges = 0;

  const tail = createTail({
    signals: deps.signals,
    log,
    hear(entry) {
      learnEntry(graph, entry);
      changes++;
    },
  });

  const put = (facts: PostFacts) => {
    if (!isForEverybody(facts)) return drop(facts.videoId);
    const item = itemOf(facts);
    forgetEntry(item.id);
    graph.putItem(item);
    worksOf.set(item.creator, (worksOf.get(item.creator) ?? 0) + 1);
    catalogue.set(item.id, { authorId: item.creator, tags: item.tags });
    changes++;
  };
  const drop = (videoId: string) => {
    graph.dropItem(videoId);
    forgetEntry(videoId);
    changes++;
  };
  const forgetEntry = (videoId: string) => {
    const entry = catalogue.get(videoId);
    if (!entry) return;
    catalogue.delete(videoId);
    const left = worksOf.get(entry.authorId)! - 1;
    if (left > 0) worksOf.set(entry.authorId, left);
    else worksOf.delete(entry.authorId);
  };

  type Note = { from: string; facts?: PostFacts; dropped?: string };
  const spread = (note: Omit<Note, 'from'>) =>
    bus.publish(topic, { ...note, from: processId } satisfies Note);
  const hearFacts = async (facts: PostFacts) => {
    put(facts);
    await spread({ facts });
  };
  outbox.on('post.published', 'recommend.put', hearFacts);
  outbox.on('post.changed', 'recommend.put', hearFacts);
  outbox.on('post.deleted', 'recommend.drop', async ({ videoId }) => {
    drop(videoId);
    await spread({ dropped: videoId });
  });

  /** Where the newest page of the catalogue began: read again now and then, for notes that were lost. */
  let cursor: string | null = null;
  const loadCatalogue = async () => {
    for (;;) {
      const page = await deps.posts.publishedAfter(cursor, 2000);
      for (const facts of page.facts) put(facts);
      if (!page.next) return;
      cursor = page.next;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  const restore = async (): Promise<number> => {
    for await (const snapshot of readSnapshots(db, model)) {
      try {
        graph = restoreContentGraph(snapshot.bytes, options());
        return snapshot.lastSeq;
      } catch (error) {
        // Whatever is wrong with it, the log of signals holds the same and more.
        log.warn({ err: error }, 'a snapshot of the content graph cannot be read; an older one is tried');
      }
    }
    graph = createContentGraph(options());
    return 0;
  };

  let saving: Promise<void> | null = null;
  let saveMs = 0;
  const save = (): Promise<void> => {
    if (changes === savedChanges) return saving ?? Promise.resolve();
    saving ??= (async () => {
      const started = performance.now();
      const at = changes;
      const lastSeq = tail.stand();
      const steps = graph.snapshotInSteps();
      const blockedMs = performance.now() - started;
      let step = steps.next();
      for (; !step.done; step = steps.next()) await new Promise((resolve) => setImmediate(resolve));
      const bytes = step.value;
      await writeSnapshot(db, { library: model, lastSeq, bytes, takenAt: new Date(clock.now()) });
      savedChanges = at;
      saveMs = performance.now() - started;
      log.debug({ bytes: bytes.byteLength, blockedMs: Math.round(blockedMs), lastSeq }, 'snapshot taken');
    })().finally(() => {
      saving = null;
    });
    return saving;
  };

  const rank = (request: RankRequest): Ranked[] => graph.rank(request).map((item) => rankedOf(item));

  const forYou: Recommend['forYou'] = async (wish) => {
    await tail.caughtUp(waitForLearningMs);
    const limit = Math.min(100, wish.limit);
    const request = {
      user: wish.viewerId as string,
      atMs: clock.now(),
      limit,
      ...(wish.exclude && { exclude: wish.exclude }),
      follows: [...wish.follows],
      languages: [...wish.languages],
      seed: wish.seed,
    };
    const { accountId } = wish;
    const others =
      accountId && worksOf.has(accountId)
        ? { allow: (id: string) => catalogue.get(id)?.authorId !== accountId }
        : {};
    const ranked = rank({ ...request, ...others });
    const taken = new Set(ranked.map((one) => one.videoId as string));
    const free = (id: string) => catalogue.has(id) && !taken.has(id);
    const add = (more: Ranked[]) => {
      for (const one of more) {
        taken.add(one.videoId);
        ranked.push(one);
      }
    };
    if (ranked.length < limit && wish.accountId)
      add(rank({ ...request, limit: limit - ranked.length, allow: free }));
    if (ranked.length < limit && wish.again)
      add(watchedBefore(request, free).slice(0, limit - ranked.length));
    const exhausted = ranked.length < limit && (ranked.length === 0 || catalogue.size <= sweptWhole);
    return { ranked, exhausted };
  };

  /** What the viewer has seen: ranked as for somebody without a past, then by the viewer's taste. */
  const watchedBefore = (request: RankRequest, allow: (id: string) => boolean): Ranked[] => {
    const taste = graph.tasteOf(request.user);
    const tags = new Map(taste.tags.map(({ key, weight }) => [key, weight]));
    const creators = new Map(taste.creators.map(({ key, weight }) => [key, weight]));
    const liking = ({ videoId }: Ranked) => {
      const { authorId, tags: own } = catalogue.get(videoId)!;
      const byTag = own.reduce((sum, tag) => sum + (tags.get(tag) ?? 0), 0) / Math.max(1, own.length);
      return byTag + (creators.get(authorId) ?? 0);
    };
    return rank({ ...request, user: `again ${request.user}`, limit: 100, allow })
      .map((one) => ({ ...one, source: 'again' as const, causes: [] }))
      .sort((a, b) => liking(b) - liking(a));
  };

  let timers: NodeJS.Timeout[] = [];
  let quiet = () => {};
  return {
    forYou,
    related: (videoId, limit) =>
      graph
        .related(videoId, limit, clock.now())
        .filter((item) => catalogue.has(item.id))
        .map(rankedOf),
    status() {
      const { users, events, bytes } = graph.stats();
      return { items: catalogue.size, users, learned: events.learned, lastSeq: tail.stand(), bytes };
    },
    save,
    async start() {
      const started = performance.now();
      optionsNow = JSON.stringify(options());
      const lastSeq = await restore();
      await loadCatalogue();
      // Deleted while this process was away: the graph remembers it, and ranks it no more.
      graph.retainItems((id) => catalogue.has(id));
      savedChanges = changes;
      await tail.replayFrom(lastSeq);
      quiet = bus.subscribe(topic, (note: Note) => {
        if (note.from === processId) return;
        if (note.facts) put(note.facts);
        if (note.dropped) drop(note.dropped);
      });
      tail.start();
      const every = (ms: number, run: () => Promise<void> | void, failed: string) => {
        const tick = async () => {
          try {
            await run();
          } catch (error) {
            // The next turn tries again; until then nothing is lost, since the log holds it.
            log.warn({ err: error }, failed);
          }
        };
        const timer = setInterval(() => void tick(), ms);
        timer.unref();
        timers.push(timer);
      };
      let savedAt = performance.now();
      every(
        snapshotEveryMs,
        async () => {
          // A snapshot that takes long is taken rarely: at most a fiftieth of the time goes into it.
          if (performance.now() - savedAt < saveMs * 50) return;
          await save();
          savedAt = performance.now();
        },
        'the content graph could not be saved',
      );
      every(snapshotEveryMs, loadCatalogue, 'the catalogue could not be read');
      every(
        tuneEveryMs,
        () => {
          const wanted = JSON.stringify(options());
          if (wanted === optionsNow) return;
          graph = graph.retuned(options());
          optionsNow = wanted;
        },
        'the tunables could not be taken over',
      );
      log.info(
        {
          videos: catalogue.size,
          fromSeq: lastSeq,
          toSeq: tail.stand(),
          ms: Math.round(performance.now() - started),
        },
        'the content graph is ready',
      );
    },
    async stop() {
      quiet();
      for (const timer of timers) clearInterval(timer);
      timers = [];
      await tail.stop();
      await saving;
      await save();
    },
  };
}

function rankedOf(item: RankedItem): Ranked {
  const { score, source, causes, exploration, propensity } = item;
  return { videoId: item.id as VideoId, score, source, causes, exploration, propensity };
}
