import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EditList } from '../../../../contract/edit-list.ts';
import type { DraftRendering } from '../../../../contract/rendering.ts';
import { api, streams } from '../../../api.ts';
import { problemCode } from '../../../problem.ts';
import { isChanged } from '../account/copies.rules.ts';
import { type Copy, copies } from '../account/copies.ts';
import { keepOnAccount, useGoings } from '../account/syncing.ts';

export const renderingsKey = ['studio', 'renderings'] as const;
export const isUnderWay = ({ state }: DraftRendering) => state === 'waiting' || state === 'making';

/** The draft as the account has it, as this device knows it. */
function useCopy(accountId: string | null, draftId: string): Copy | null {
  const [copy, setCopy] = useState<Copy | null>(null);
  useEffect(() => {
    if (!accountId) return undefined;
    let left = false;
    const look = () => copies.one(accountId, draftId).then((one) => left || setCopy(one ?? null));
    const stop = copies.subscribe(() => void look());
    void look();
    return () => {
      left = true;
      stop();
    };
  }, [accountId, draftId]);
  return copy;
}

/**
 * A draft on its way to a file that the server makes: first all of it goes to the account, then it is asked for, then
 * it is followed. What was asked for before goes on by itself.
 */
export function useRendering(accountId: string | null, draftId: string, list: EditList) {
  const queries = useQueryClient();
  const copy = useCopy(accountId, draftId);
  const going = useGoings().get(draftId) ?? null;
  const [wished, setWished] = useState(false);
  const [rendering, setRendering] = useState<DraftRendering | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const revision = copy?.whole && !isChanged(list, copy) ? copy.revision : null;

  useEffect(() => {
    if (!accountId) return;
    api.myRenderings().then(
      ({ renderings }) =>
        setRendering((now) => now ?? renderings.find((one) => one.draftId === draftId) ?? null),
      // No line just now: it is asked for anew, and the answer is the same.
      () => {},
    );
  }, [accountId, draftId]);
  useEffect(() => {
    if (!wished || revision === null) return undefined;
    let left = false;
    api
      .renderDraft(draftId, revision)
      .then(
        (asked) => left || setRendering(asked),
        (error) => left || setProblem(problemCode(error)),
      )
      .finally(() => {
        if (left) return;
        setWished(false);
        void queries.invalidateQueries({ queryKey: renderingsKey });
      });
    return () => {
      left = true;
    };
  }, [wished, revision, draftId, queries]);
  const underWay = rendering !== null && isUnderWay(rendering);
  useEffect(() => {
    if (!underWay) return undefined;
    const stream = new EventSource(streams.rendering(draftId));
    stream.addEventListener('rendering', (event) =>
      setRendering(JSON.parse((event as MessageEvent<string>).data) as DraftRendering),
    );
    return () => stream.close();
  }, [underWay, draftId]);

  return {
    /** Of what is shown now; one of an earlier state of the draft is none. */
    rendering: rendering && (underWay || rendering.revision === revision) ? rendering : null,
    /** Wished for, and its takes are on their way to the account. */
    sending: wished ? going : null,
    wished,
    problem,
    async ask() {
      if (!accountId) return;
      setProblem(null);
      setRendering(null);
      setWished(true);
      await keepOnAccount(accountId, draftId, true).catch(() => {
        setWished(false);
        setProblem('not_kept');
      });
    },
    async stop() {
      setWished(false);
      setRendering(null);
      await api.stopRendering(draftId).catch((error) => setProblem(problemCode(error)));
      await queries.invalidateQueries({ queryKey: renderingsKey });
    },
  };
}
