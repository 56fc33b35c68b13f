import type { Instance, Overview } from '../../../contract/desk.ts';
import * as contract from '../../../contract/desk.ts';
import type { Config } from '../../platform/config.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Media } from '../media/media.ts';
import type { Recommend } from '../recommend/recommend.ts';
import type { Signals } from '../signals/signals.ts';

/**
 * The operator's side: how the server is doing, the numbers that may be turned, the demo community's end.
 * Owns no table; asks the rooms. Does not moderate.
 */
export type Desk = { instance(): Instance; http: Handled[] };

export type DeskDeps = {
  config: Pick<Config, 'name'>;
  version: string;
  tunables: Tunables;
  jobs: Pick<Jobs, 'waiting'>;
  storage: Pick<Storage, 'freeBytes'>;
  accounts: Pick<Accounts, 'count'>;
  media: Pick<Media, 'limits'>;
  recommend: Pick<Recommend, 'status'>;
  signals: Pick<Signals, 'viewsToday'>;
  /** The demo room is on this floor: compose hands it in. */
  demo: { state(): Instance['demo']; remove(): Promise<Instance['demo']> };
};

export function createDesk(deps: DeskDeps): Desk {
  const instance = (): Instance => ({
    name: deps.config.name,
    version: deps.version,
    demo: deps.demo.state(),
    limits: { ...deps.media.limits(), captionLength: 2200 },
  });

  const overview = async (): Promise<Overview> => {
    const [people, waiting, viewsToday, storageFreeBytes] = await Promise.all([
      deps.accounts.count(),
      deps.jobs.waiting(),
      deps.signals.viewsToday(),
      deps.storage.freeBytes(),
    ]);
    return {
      people,
      videos: deps.recommend.status().items,
      viewsToday,
      jobsWaiting: waiting.waiting,
      jobsFailing: waiting.failing,
      storageFreeBytes,
      demo: deps.demo.state(),
    };
  };

  return {
    instance,
    http: [
      handle(contract.getInstance, async () => instance()),
      handle(contract.getOverview, overview),
      handle(contract.listTunables, async () => ({ tunables: deps.tunables.list() })),
      handle(contract.setTunable, (call) =>
        deps.tunables.set(call.params.name, call.body.value, accountOf(call)),
      ),
      handle(contract.removeDemo, () => deps.demo.remove()),
    ],
  };
}
