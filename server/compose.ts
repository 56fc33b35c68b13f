import { join } from 'node:path';
import { Refusal } from '../contract/errors.ts';
import { createAccounts } from './domains/accounts/accounts.ts';
import { createComments } from './domains/comments/comments.ts';
import type { Ahead } from './domains/demo/ahead.ts';
import { createDemo } from './domains/demo/demo.ts';
import { createDesk } from './domains/desk/desk.ts';
import { createDrafts } from './domains/drafts/drafts.ts';
import { createExperiments } from './domains/experiments/experiments.ts';
import { createFeed } from './domains/feed/feed.ts';
import { createInsights } from './domains/insights/insights.ts';
import { createMedia } from './domains/media/media.ts';
import { createPacks } from './domains/packs/packs.ts';
import { createPages } from './domains/pages/pages.ts';
import { createPlaylists } from './domains/playlists/playlists.ts';
import { createPosts } from './domains/posts/posts.ts';
import { createRecommend } from './domains/recommend/recommend.ts';
import { createRenderings } from './domains/renderings/renderings.ts';
import { createSignals } from './domains/signals/signals.ts';
import { createSocial } from './domains/social/social.ts';
import { createSounds } from './domains/sounds/sounds.ts';
import { createSpeech } from './domains/speech/speech.ts';
import { createTaste } from './domains/taste/taste.ts';
import { createVisibility } from './domains/visibility/visibility.ts';
import { createBus } from './platform/bus.ts';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import type { Home } from './platform/home.ts';
import { createEdge } from './platform/http/edge.ts';
import { createLimiter } from './platform/http/limit.ts';
import { createJobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { createMail } from './platform/mail/mail.ts';
import { createMediaEngine } from './platform/media-engine/media-engine.ts';
import { createMetrics } from './platform/metrics.ts';
import { createOutbox } from './platform/outbox.ts';
import { createSigner } from './platform/random.ts';
import { openRendering } from './platform/rendering/rendering.ts';
import type { Rendering } from './platform/rendering/rendering.types.ts';
import { openSpeech, type Speech } from './platform/speech/speech.ts';
import { openStorage } from './platform/storage/open.ts';
import { createTunables } from './platform/tunables.ts';

export type ComposeInput = {
  config: Config;
  home: Home;
  database: Database;
  clock: Clock;
  log: Log;
  /** Where the built web lies; tests of the server alone do without. */
  webFolder: string;
  version: string;
  /** The embedded database was made at this start. */
  freshDatabase: boolean;
  demoAhead?: Ahead;
  /** Instead of the one that the settings ask for. */
  speech?: Speech;
  rendering?: Rendering;
  checkReplies?: boolean;
  limits?: boolean;
};
/** serve: answers people · work: jobs · all: both, on one machine. */
export type Role = 'serve' | 'work' | 'all';

export type House = ReturnType<typeof compose>;

/**
 * The only file that knows every room: builds them from the ground floor up, connects ports, mounts routes.
 * What a room needs from a floor above it reaches it here, as a function.
 */
export function compose(input: ComposeInput) {
  const { config, home, database, clock, log } = input;
  const metrics = createMetrics();
  const signer = createSigner(home.secret);
  const limiter = createLimiter(input.limits);
  const jobs = createJobs({ database, log, heavyAtOnce: config.transcodes });
  const outbox = createOutbox(jobs);
  const bus = createBus(database, log);
  const tunables = createTunables(database, bus);
  const storage = openStorage(config.storage, home);
  const engine = createMediaEngine({ log });
  const hearing = input.speech ?? openSpeech(config.speechModel, engine);
  const rendering =
    input.rendering ?? openRendering({ config, webFolder: input.webFolder, scratch: home.scratch, log });
  const mail = createMail({ jobs, clock, home, config });
  const platform = {
    config,
    home,
    database,
    clock,
    log,
    metrics,
    signer,
    limiter,
    jobs,
    outbox,
    bus,
    tunables,
    storage,
  };

  // Floor 0
  const accounts = createAccounts({ ...platform, mail, publicUrl: config.publicUrl, name: config.name });
  const media = createMedia({ ...platform, engine });
  // Floor 1
  const drafts = createDrafts(platform);
  const speech = createSpeech({ ...platform, media, speech: hearing });
  const taste = createTaste(platform);
  const signals = createSignals({
    ...platform,
    mayTeach: async (viewerId) => (await taste.wishes(viewerId)).settings.learning,
  });
  const experiments = createExperiments({ ...platform, accounts });
  const posts = createPosts({
    ...platform,
    media,
    mentionTargets: accounts.accountIdsByHandle,
    soundUsable: (id, accountId) => sounds.usable(id, accountId),
    maySee: (accountId, found) => visibility.mayBeSeen({ accountId }, found),
    permissionsOf: (...asked) => visibility.permissionsOf(...asked),
    partsOf: (...asked) => visibility.partsOf(...asked),
    present: (caller, id) => feed.presentOne(caller, id),
  });
  const social = createSocial({
    ...platform,
    personByHandle: accounts.personByHandle,
    seeVideo: (caller, id) => feed.seeVideo(caller, id),
  });
  // Floor 2
  const visibility = createVisibility({ social });
  // Floor 3
  const sounds = createSounds({ ...platform, accounts, media, posts });
  const insights = createInsights({ ...platform, accounts, media, posts, social, signals });
  const playlists = createPlaylists({
    ...platform,
    accounts,
    media,
    posts,
    visibility,
    present: (caller, ids) => feed.present(caller, ids),
  });
  const comments = createComments({ ...platform, accounts, posts, social, taste, visibility });
  const packs = createPacks({ ...platform, accounts });
  const renderings = createRenderings({ ...platform, media, drafts, rendering, drawings: packs.drawings });
  const recommend = createRecommend({ ...platform, signals, posts, experiments });
  // Floor 4
  const feed = createFeed({
    ...platform,
    accounts,
    media,
    posts,
    social,
    signals,
    comments,
    sounds,
    taste,
    recommend,
    visibility,
  });
  const demo = createDemo({ ...platform, accounts, media, posts, ahead: input.demoAhead });
  const desk = createDesk({
    ...platform,
    speech: hearing,
    accounts,
    media,
    recommend,
    signals,
    experiments,
    demo,
    feed,
    version: input.version,
  });
  const pages = createPages({
    ...platform,
    webFolder: input.webFolder,
    session: accounts.session,
    instance: desk.instance,
    firstPage: (caller, languages) => feed.forYou(caller, { limit: 8, again: false }, languages),
    video: (caller, id) => feed.findOne(caller, id),
    person: accounts.personByHandle,
  });

  const edge = createEdge({
    log,
    limiter,
    metrics,
    publicUrl: config.publicUrl,
    identify: accounts.identify,
    checkReplies: input.checkReplies,
  });
  let ready = false;
  edge.raw('/healthz', async () => new Response('alive\n'));
  edge.raw('/readyz', async () => {
    if (!ready) return new Response('not ready\n', { status: 503 });
    await database.pool.query('select 1');
    return new Response('ready\n');
  });
  edge.raw('/metrics', async (call) => {
    // For whoever watches this machine from itself; from elsewhere, for operators. Anybody else learns nothing.
    const fromHere = /^(local|::1|127\.|::ffff:127\.)/.test(call.ip);
    if (!fromHere && (await call.identify()).role !== 'operator') throw new Refusal('not_found');
    return pages.metrics();
  });
  edge.raw('/api/auth/*', ({ request, ip }) => accounts.auth(request, ip));
  edge.raw('/avatars/:file', ({ request, params }) => {
    const [, id = '', version = ''] = /^(.+)-([A-Za-z0-9]+)\.webp$/.exec(params.file ?? '') ?? [];
    return accounts.avatar(request, id, version);
  });
  edge.raw('/media/:address/:file', ({ request, params }) =>
    media.serve(request, params.address!, params.file!),
  );
  edge.raw('/packs/:file', ({ request, params, identify }) =>
    packs.serve(request, params.file!, async () => (await identify()).role === 'operator'),
  );
  edge.mount(
    [
      ...[accounts, media, drafts, speech, posts, social, signals, experiments],
      ...[sounds, insights, comments, playlists, packs, renderings, feed, desk],
    ].flatMap((room) => room.http),
  );
  const tus = async (call: Parameters<Parameters<typeof edge.raw>[1]>[0]) =>
    media.tus(call.request, await call.identify());
  edge.raw('/api/uploads', tus);
  edge.raw('/api/uploads/:id', tus);
  pages.mount(edge);

  return {
    edge,
    jobs,
    bus,
    database,
    storage,
    clock,
    log,
    accounts,
    media,
    drafts,
    posts,
    social,
    signals,
    taste,
    experiments,
    sounds,
    insights,
    packs,
    visibility,
    recommend,
    feed,
    demo,
    desk,
    get ready() {
      return ready;
    },
    /** Brings the rooms to life; requests may come once this has resolved. */
    async start(role: Role = 'all') {
      await bus.start();
      await tunables.start();
      await media.start();
      await drafts.start();
      await posts.start();
      taste.start();
      await signals.start();
      await experiments.start();
      await sounds.start();
      await insights.start();
      await packs.start();
      await feed.start();
      await desk.start();
      await demo.listen();
      if (role !== 'work') await recommend.start();
      if (role !== 'serve') {
        await jobs.start();
        await demo.start(config.demo === 'on' || (config.demo === 'auto' && input.freshDatabase));
      }
      ready = true;
      metrics.ready.set(1);
    },
    /** Ends in the other order: no new requests, then what is under way, then what they stood on. */
    async stop() {
      ready = false;
      metrics.ready.set(0);
      await edge.close();
      await demo.stop();
      await engine.close();
      await jobs.stop();
      await rendering.close();
      await recommend.stop();
      await signals.stop();
      taste.stop();
      await media.stop();
      mail.stop();
      await bus.stop();
      await database.close();
    },
  };
}

export const migrationsFolder = join(import.meta.dirname, 'migrations');
