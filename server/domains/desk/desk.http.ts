import type { z } from 'zod';
import * as contract from '../../../contract/desk.ts';
import { type ExperimentResult, experimentResult } from '../../../contract/experiments.ts';
import type { AccountId } from '../../../contract/ids.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Tunables } from '../../platform/tunables.ts';
import type { Accounts } from '../accounts/accounts.ts';

export type DeskAnswers = {
  instance(): contract.Instance;
  overview(): Promise<contract.Overview>;
  demo: { remove(): Promise<contract.DemoState> };
  tunables: Pick<Tunables, 'list' | 'set' | 'changes'>;
  accounts: Pick<Accounts, 'people'>;
  health(query: z.output<NonNullable<typeof contract.getFeedHealth.query>>): Promise<contract.FeedHealth>;
  look(
    query: z.output<NonNullable<typeof contract.lookAtFeed.query>>,
    by: AccountId,
  ): Promise<contract.FeedLook>;
  result(key: string): Promise<ExperimentResult>;
};

export function deskHttp({ tunables, accounts, ...answers }: DeskAnswers): Handled[] {
  return [
    handle(contract.getInstance, async () => answers.instance()),
    handle(contract.getOverview, answers.overview),
    handle(contract.listTunables, async () => ({ tunables: tunables.list() })),
    handle(contract.setTunable, (call) => tunables.set(call.params.name, call.body.value, accountOf(call))),
    handle(contract.listTunableChanges, async ({ params }) => {
      const changes = await tunables.changes(params.name);
      const people = await accounts.people([...new Set(changes.map((one) => one.accountId as AccountId))]);
      return {
        changes: changes.map(({ at, accountId, from, to }) => ({
          at,
          by: people.get(accountId as AccountId)?.handle ?? null,
          from,
          to,
        })),
      };
    }),
    handle(contract.removeDemo, () => answers.demo.remove()),
    handle(contract.getFeedHealth, ({ query }) => answers.health(query)),
    handle(contract.lookAtFeed, (call) => answers.look(call.query, accountOf(call))),
    handle(experimentResult, ({ params }) => answers.result(params.key)),
  ];
}
