import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../../api.ts';
import { useFigures } from '../../../intl/figures.ts';
import { useWords } from '../../../intl/words.tsx';
import { paths } from '../../../paths.ts';
import { useMe } from '../../../session.ts';
import { Link } from '../../../shell/link.tsx';
import { Button, buttonClass } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { sentenceOf } from '../account/on-account.tsx';
import { listOf, type Project } from '../project.ts';
import { publishRendered } from './publish-rendered.ts';
import { useRendering } from './use-rendering.ts';

/** This browser could not make the file: the server can, or it says that it cannot either. */
export function ServerMaking({
  current,
  asTemplate,
  because,
}: {
  current: Project;
  asTemplate: boolean;
  /** What is said where the server cannot either. */
  because: string;
}) {
  const words = useWords();
  const { say } = words;
  const me = useMe();
  const able = useQuery({ queryKey: ['rendering'], queryFn: api.getRendering, retry: false });
  if (able.isPending) return <Skeleton width="100%" height="4rem" />;
  if (able.data?.state !== 'on')
    return (
      <>
        <Notice kind="wrong">{because}</Notice>
        <p>{say('rendering.neither')}</p>
      </>
    );
  if (!me)
    return (
      <Notice
        action={
          <Link
            href={paths.signIn(paths.studioDraft(current.draftId))}
            className={buttonClass({ look: 'primary' })}
          >
            {say('auth.signIn.title')}
          </Link>
        }
      >
        {say('rendering.guest')}
      </Notice>
    );
  return <Offer accountId={me.id} current={current} asTemplate={asTemplate} />;
}

function Offer({
  accountId,
  current,
  asTemplate,
}: {
  accountId: string;
  current: Project;
  asTemplate: boolean;
}) {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const queries = useQueryClient();
  const list = listOf(current);
  const { rendering, sending, wished, problem, ask, stop } = useRendering(accountId, current.draftId, list);
  const [lost, setLost] = useState(false);
  const uploadId = rendering?.uploadId ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what goes along is of the moment in which it is ready
  useEffect(() => {
    if (!uploadId) return;
    queries.removeQueries({ queryKey: ['uploads'] });
    void publishRendered(uploadId, current.draftId, list, asTemplate, current.template.without).then((gone) =>
      setLost(!gone),
    );
  }, [uploadId]);

  if (sending?.phase === 'differs') return <Notice kind="wrong">{say('rendering.differs')}</Notice>;
  if (wished || (rendering && ['waiting', 'making'].includes(rendering.state))) {
    const [text, share] = wished
      ? sending?.phase === 'waiting'
        ? [say('rendering.offline'), sending.share]
        : sending?.phase === 'stopped'
          ? [sentenceOf(words, sending.code), sending.share]
          : [say('rendering.sending'), sending?.share ?? 0]
      : rendering!.state === 'waiting'
        ? [say('rendering.waiting', { ahead: rendering!.ahead }), 0]
        : [say('rendering.making'), rendering!.progress];
    return (
      <>
        <p role="status">{text}</p>
        <Progress label={text} share={share} text={figures.percent(share)} />
        {!wished && <p>{say('rendering.goesOn')}</p>}
        <Button onClick={() => void stop()}>{say('rendering.stop')}</Button>
      </>
    );
  }
  const fault = problem
    ? sentenceOf(words, problem)
    : lost
      ? say('rendering.fault.internal')
      : rendering?.fault
        ? say(`rendering.fault.${rendering.fault}`)
        : null;
  return (
    <>
      {fault ? <Notice kind="wrong">{fault}</Notice> : <p>{say('rendering.offer')}</p>}
      <p>{say('rendering.how')}</p>
      <Button look="primary" onClick={() => void ask()}>
        {say(fault ? 'rendering.again' : 'rendering.make')}
      </Button>
    </>
  );
}
