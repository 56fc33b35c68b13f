import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EditList } from '../../../../contract/edit-list.ts';
import { api } from '../../../api.ts';
import { useFigures } from '../../../intl/figures.ts';
import { useWords } from '../../../intl/words.tsx';
import type { TemplateWish } from '../../../studio/takes/kept.ts';
import { Button } from '../../../ui/button.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { canBeTemplate } from '../together.rules.ts';
import styles from './rendered.module.css';
import { isUnderWay, renderingsKey } from './use-rendering.ts';

/** In the list of drafts: its video is being made by the server, waits to be published, or could not be made. */
export function Rendered({
  draftId,
  revision,
  list,
  template,
}: {
  draftId: string;
  /** Of what is shown here; null: something of it is not on the account. */
  revision: number | null;
  list: EditList | (() => Promise<EditList>);
  /** Of this device alone. */
  template?: TemplateWish | undefined;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const queries = useQueryClient();
  const [gone, setGone] = useState(false);
  const all = useQuery({
    queryKey: renderingsKey,
    queryFn: api.myRenderings,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.renderings.some(isUnderWay) ? 3000 : false),
  });
  const rendering = all.data?.renderings.find((one) => one.draftId === draftId);
  if (!rendering) return null;
  const { state, progress, ahead, uploadId, fault } = rendering;
  const renew = () => queries.invalidateQueries({ queryKey: renderingsKey });
  const stop = () => void api.stopRendering(draftId).then(renew, renew);
  const publish = async (id: string) => {
    const made = typeof list === 'function' ? await list() : list;
    const asTemplate = template?.wanted === true && canBeTemplate(made);
    // Seldom wanted, and much: the list of drafts is there without it.
    const { publishRendered } = await import('./publish-rendered.ts');
    return publishRendered(id, draftId, made, asTemplate, template?.without ?? []);
  };
  return (
    <div className={styles.rendered}>
      {state === 'waiting' && <span>{say('rendering.waiting', { ahead })}</span>}
      {state === 'making' && (
        <>
          <span>{say('rendering.being', { share: figures.percent(progress) })}</span>
          <Progress quiet label={say('rendering.making')} share={progress} text={figures.percent(progress)} />
        </>
      )}
      {state === 'failed' && fault && <span>{say(`rendering.fault.${fault}`)}</span>}
      {state === 'ready' && (
        <span>{say(rendering.revision === revision ? 'rendering.ready' : 'rendering.readyEarlier')}</span>
      )}
      {gone && <span role="alert">{say('rendering.fault.internal')}</span>}
      <span className={styles.deeds}>
        {uploadId && rendering.revision === revision && (
          <Button
            small
            look="primary"
            onClick={() =>
              void publish(uploadId).then(
                (is) => setGone(!is),
                () => setGone(true),
              )
            }
          >
            {say('rendering.publish')}
          </Button>
        )}
        <Button small onClick={stop}>
          {say(isUnderWay(rendering) ? 'rendering.stop' : 'rendering.dismiss')}
        </Button>
      </span>
    </div>
  );
}
