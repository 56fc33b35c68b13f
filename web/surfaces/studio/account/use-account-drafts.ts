import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AccountDraft } from '../../../../contract/drafts.ts';
import { api } from '../../../api.ts';
import { dropUnfinished } from './bring.ts';
import { type Copy, copies } from './copies.ts';
import { goOnWithAll } from './syncing.ts';

export const accountKey = ['studio', 'account'] as const;
const copiesKey = ['studio', 'copies'] as const;

/** All that the account has; an account has a few, and never more than the server lets it. */
async function all(signal: AbortSignal): Promise<AccountDraft[]> {
  const found: AccountDraft[] = [];
  for (let before: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof api.listDrafts>> = await api.listDrafts(before, signal);
    found.push(...page.drafts);
    if (!page.next) return found;
    before = page.next;
  }
}

/** What is kept on this account, there and as this device knows it. Nothing for a guest. */
export function useAccountDrafts(accountId: string | null): {
  account: ReadonlyMap<string, AccountDraft>;
  copies: ReadonlyMap<string, Copy>;
  problem: unknown;
} {
  const queries = useQueryClient();
  const there = useQuery({
    queryKey: [...accountKey, accountId],
    queryFn: ({ signal }) => all(signal),
    enabled: accountId !== null,
    staleTime: 0,
  });
  const here = useQuery({
    queryKey: [...copiesKey, accountId],
    queryFn: () => copies.of(accountId!),
    enabled: accountId !== null,
    staleTime: 0,
    networkMode: 'always',
  });
  useEffect(() => copies.subscribe(() => void queries.invalidateQueries({ queryKey: copiesKey })), [queries]);
  useEffect(() => {
    if (accountId) void goOnWithAll(accountId);
  }, [accountId]);
  useEffect(() => {
    if (accountId && there.data) void dropUnfinished(accountId, new Set(there.data.map(({ id }) => id)));
  }, [accountId, there.data]);
  return {
    account: new Map((accountId ? (there.data ?? []) : []).map((one) => [one.id, one])),
    copies: new Map((accountId ? (here.data ?? []) : []).map((one) => [one.draftId, one])),
    problem: there.error,
  };
}
