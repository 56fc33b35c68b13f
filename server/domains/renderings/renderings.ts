import { join } from 'node:path';
import { durationOf } from '../../../contract/edit-list.timeline.ts';
import { Refusal } from '../../../contract/errors.ts';
import type { AccountId, DraftId, UploadId } from '../../../contract/ids.ts';
import type { DraftRendering, RenderingState } from '../../../contract/rendering.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import type { Home } from '../../platform/home.ts';
import type { Handled } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { newId } from '../../platform/random.ts';
import type { Rendering } from '../../platform/rendering/rendering.types.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { Media } from '../media/media.ts';
import { defineRender, orderRender, type RenderingWork } from './render-draft.jobs.ts';
import { renderingsHttp } from './renderings.http.ts';
import { noRendering, presentRendering } from './renderings.rules.ts';
import { renderingsStore, topicOf } from './renderings.store.ts';
import type { RenderingRow } from './renderings.tables.ts';
import { declareRenderingTunables } from './renderings.tunables.ts';

/**
 * The video of a draft on the account, made by the server for whose browser cannot: one of a draft at a time, for its
 * owner alone. What comes of it is an upload like any other; of its publishing nothing is known here.
 */
export type Renderings = {
  state(): Promise<RenderingState>;
  /**
   * Again: the same answer; after a failure: once more; of a later revision: in the place of the earlier. Throws
   * not_found, draft_moved_on, draft_incomplete, too_long, rendering_off, rendering_full.
   */
  order(accountId: AccountId, draftId: DraftId, revision: number): Promise<DraftRendering>;
  /** Throws not_found: no draft of theirs. */
  find(accountId: AccountId, draftId: DraftId): Promise<DraftRendering>;
  mine(accountId: AccountId): Promise<DraftRendering[]>;
  /** Again: nothing happens. */
  stop(accountId: AccountId, draftId: DraftId): Promise<void>;
  http: Handled[];
};

export type RenderingsDeps = {
  database: Database;
  jobs: Jobs;
  bus: Bus;
  outbox: Outbox;
  clock: Clock;
  tunables: Tunables;
  home: Pick<Home, 'scratch'>;
  media: Pick<Media, 'keepMade' | 'enterMade' | 'limits' | 'unused'>;
  drafts: Pick<Drafts, 'forRendering'>;
  rendering: Pick<Rendering, 'state' | 'render'>;
  drawings: RenderingWork['drawings'];
};

const mostShown = 100;

export function createRenderings(deps: RenderingsDeps): Renderings {
  const { jobs, bus, media, drafts, rendering } = deps;
  const now = () => new Date(deps.clock.now());
  const store = renderingsStore(deps.database);
  const tunables = declareRenderingTunables(deps.tunables);
  defineRender({ ...deps, store, now, folder: join(deps.home.scratch, 'renderings') });
  deps.outbox.on('account.removed', 'renderings.forget-account', ({ accountId }) =>
    store.forgetAccount(accountId as AccountId),
  );

  const present = async (rows: RenderingRow[]): Promise<DraftRendering[]> => {
    const waiting = rows.filter(({ state }) => state === 'waiting');
    const ready = rows.filter(({ state }) => state === 'ready');
    const [ahead, unused] = await Promise.all([
      store.ahead(waiting.map((row) => row.wished_at)),
      media.unused(ready.map((row) => row.upload_id)),
    ]);
    return rows.map((row) => presentRendering(row, { ahead: ahead[waiting.indexOf(row)] ?? 0, unused }));
  };
  const verbs: Omit<Renderings, 'http'> = {
    state: rendering.state,
    async order(accountId, draftId, revision) {
      const draft = await drafts.forRendering(accountId, draftId);
      if (!draft) throw new Refusal('not_found');
      if (draft.revision !== revision) throw new Refusal('draft_moved_on', { revision: draft.revision });
      const durationMs = durationOf(draft.list);
      const limitMs = media.limits().durationMs;
      if (!draft.complete || durationMs === 0) throw new Refusal('draft_incomplete');
      if (durationMs > limitMs) throw new Refusal('too_long', { durationMs, limitMs });
      const state = await rendering.state();
      if (state !== 'on') throw new Refusal('rendering_off', { reason: state });
      const order = { accountId, draftId, uploadId: newId<UploadId>() };
      await store.transaction(async (trx) => {
        await store.alone(trx);
        const known = await store.one(accountId, draftId, trx);
        const isUnderWay = known?.state === 'waiting' || known?.state === 'making';
        const isThere = known?.state === 'ready' && (await media.unused([known.upload_id])).size > 0;
        if (known?.revision === revision && (isUnderWay || isThere)) return;
        const { all, mine } = await store.countUnderWay(trx, accountId, draftId);
        const [most, mostOfAll] = [tunables.get('renderings.perAccount'), tunables.get('renderings.waiting')];
        if (mine >= most || all >= mostOfAll) throw new Refusal('rendering_full', { mine, most });
        await store.put(trx, {
          ...{ account_id: accountId, draft_id: draftId, revision, upload_id: order.uploadId },
          ...{ state: 'waiting', progress: 0, fault: null, wished_at: now(), changed_at: now() },
        });
        await orderRender(jobs, trx, order);
      });
      await bus.publish(topicOf(order), {});
      return verbs.find(accountId, draftId);
    },
    async find(accountId, draftId) {
      const row = await store.one(accountId, draftId);
      if (row) return (await present([row]))[0]!;
      if (!(await drafts.forRendering(accountId, draftId))) throw new Refusal('not_found');
      return noRendering(draftId);
    },
    async mine(accountId) {
      const found = await present(await store.of(accountId, mostShown));
      return found.filter(({ state }) => state !== 'none');
    },
    async stop(accountId, draftId) {
      await store.remove(accountId, draftId);
      await bus.publish(topicOf({ accountId, draftId }), {});
    },
  };
  return { ...verbs, http: renderingsHttp({ renderings: verbs, bus }) };
}
