import { useEffect, useState } from 'react';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { ErrorState } from '../../ui/state.tsx';
import type { Wish } from './together.rules.ts';
import { beginWith } from './together.ts';

/** Problems that have words of their own here; all others are the server's or the network's. */
const known = [
  'making_not_allowed',
  'video_not_ready',
  'not_found',
  'unreadable',
  'frame_full',
  'QuotaExceededError',
  'offline',
];
const missing = ['gone', 'invalid_input', 'origin_gone', 'unreachable'];
const passing = ['video_not_ready', 'offline', 'internal'];

/** The other's video is on its way into a draft; or why it is not. */
export function Beginning({
  wish,
  onBegun,
  onLeave,
}: {
  wish: Wish;
  onBegun: () => void;
  onLeave: () => void;
}) {
  const { say } = useWords();
  const figures = useFigures();
  const session = useSession();
  const member = session?.me != null;
  const [share, setShare] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once for each try; `onBegun` is of the first
  useEffect(() => {
    if (!member) return;
    const stop = new AbortController();
    setProblem(null);
    setShare(0);
    void beginWith(wish, { signal: stop.signal, onShare: setShare }).then((begun) => {
      if (stop.signal.aborted) return;
      if (begun === 'begun') onBegun();
      else setProblem(begun.problem);
    });
    return () => stop.abort();
  }, [wish, member, turn]);
  const title = say(`studio.with.${wish.kind}.title`);
  if (session && !member)
    return (
      <Page title={title}>
        <Notice
          action={
            <Link
              href={paths.signIn(paths.studio({ with: wish.kind, video: wish.video }))}
              className={buttonClass({ look: 'primary' })}
            >
              {say('auth.signIn.title')}
            </Link>
          }
        >
          {say('studio.with.signIn')}
        </Notice>
      </Page>
    );
  if (problem) {
    const code = missing.includes(problem) ? 'not_found' : known.includes(problem) ? problem : 'internal';
    return (
      <Page title={title} hideTitle>
        <ErrorState
          title={say(`studio.with.problem.${code}.what`)}
          onRetry={passing.includes(code) ? () => setTurn(turn + 1) : undefined}
          action={<Button onClick={onLeave}>{say('studio.with.without')}</Button>}
        >
          <p>{say(`studio.with.problem.${code}.do`)}</p>
        </ErrorState>
      </Page>
    );
  }
  return (
    <Page title={title} lead={say('studio.with.copying')}>
      <Progress label={say('studio.with.copying')} share={share} text={figures.percent(share)} />
      <Button onClick={onLeave}>{say('studio.with.stop')}</Button>
    </Page>
  );
}
