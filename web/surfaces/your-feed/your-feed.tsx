import { Clapperboard, Sparkles } from 'lucide-react';
import { useEffect } from 'react';
import type { Taste, TasteSettings } from '../../../contract/taste.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { readTaste, setTaste, useTaste } from '../../taste.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { RadioGroup, Switch } from '../../ui/choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { Beliefs } from './beliefs.tsx';
import { useChange } from './change.ts';
import { Muting } from './muting.tsx';
import { Numbers } from './numbers.tsx';
import { StartOver } from './start-over.tsx';
import styles from './your-feed.module.css';

/** From so many views on, what was learned is more than a first guess. */
const firstGuess = 20;

/** What Kinora believes this viewer likes, and every wish about it, for guests too. */
export function YourFeedSurface() {
  const words = useWords();
  const { say } = words;
  const { taste, problem } = useTaste();
  const viewer = useSession()?.viewerId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another viewer, another taste
  useEffect(() => void readTaste(), [viewer]);
  return (
    <Page title={say('yourFeed.title')} lead={say('yourFeed.lead')}>
      {taste ? (
        <>
          {problem !== null && (
            <Notice
              kind="wrong"
              action={
                <Button small onClick={() => void readTaste()}>
                  {say('ui.tryAgain')}
                </Button>
              }
            >
              {say('yourFeed.old')}
            </Notice>
          )}
          <Choosing settings={taste.settings} />
          <Learned taste={taste} />
          <Muting settings={taste.settings} />
          <Numbers />
          <StartOver taste={taste} />
        </>
      ) : problem !== null ? (
        <ErrorState title={say('yourFeed.failed')} onRetry={() => void readTaste()}>
          <p>{problemSentence(words, problem)}</p>
        </ErrorState>
      ) : (
        <div aria-busy="true" className={styles.waiting}>
          <Skeleton width="100%" height="15rem" />
          <Skeleton width="100%" height="24rem" />
        </div>
      )}
    </Page>
  );
}

function Choosing({ settings }: { settings: TasteSettings }) {
  const { say } = useWords();
  const change = useChange();
  return (
    <Section title={say('yourFeed.choosing')}>
      <RadioGroup
        label={say('feed.for')}
        hideLabel
        value={settings.profiling ? 'me' : 'everyone'}
        options={(['me', 'everyone'] as const).map((value) => ({
          value,
          label: say(`feed.for.${value}`),
          hint: say(`yourFeed.for.${value}.hint`),
        }))}
        onChange={(value) => void change(() => setTaste('profiling', value === 'me'))}
      />
      <div className={styles.switches}>
        <Switch
          label={say('yourFeed.learning')}
          hint={say('yourFeed.learningHint')}
          checked={settings.learning}
          onChange={(on) => void change(() => setTaste('learning', on))}
        />
        <Switch
          label={say('yourFeed.hideAiMade')}
          hint={say('yourFeed.hideAiMadeHint')}
          checked={settings.hideAiMade}
          onChange={(on) => void change(() => setTaste('hideAiMade', on))}
        />
      </div>
    </Section>
  );
}

function Learned({ taste }: { taste: Taste }) {
  const { say } = useWords();
  const figures = useFigures();
  const { beliefs, leanings, settings } = taste;
  const views = Math.max(0, Math.round(taste.learnedFrom));
  if (beliefs.length === 0 && leanings.length === 0)
    return (
      <Section title={say('yourFeed.believes')}>
        <EmptyState
          icon={<Sparkles size={32} aria-hidden="true" />}
          title={say('yourFeed.empty.title')}
          action={
            <Link className={buttonClass({ look: 'primary' })} href={paths.forYou()}>
              {say('feed.goToForYou')}
            </Link>
          }
        >
          <p>{say('yourFeed.empty.text')}</p>
        </EmptyState>
        <Beliefs taste={taste} kinds={['topic']} />
      </Section>
    );
  return (
    <Section
      title={say('yourFeed.believes')}
      lead={say(views >= firstGuess ? 'yourFeed.from' : 'yourFeed.fromFew', {
        count: views,
        short: figures.compact(views),
      })}
    >
      {!settings.profiling && (
        <Notice icon={<Clapperboard size={20} aria-hidden="true" />}>{say('yourFeed.unused')}</Notice>
      )}
      {!settings.learning && <Notice>{say('yourFeed.paused')}</Notice>}
      <Beliefs taste={taste} kinds={['topic', 'creator', 'sound']} />
    </Section>
  );
}
