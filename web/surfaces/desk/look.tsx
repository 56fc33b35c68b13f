import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FeedLook } from '../../../contract/desk.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { problemSentence } from '../../problem.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './desk.module.css';
import { DeskFrame } from './desk-frame.tsx';

/** One page of somebody's For You as the recommender sees it; nothing of it is served or counted. */
export function LookSurface() {
  const { say } = useWords();
  return (
    <DeskFrame here="deskLook" title={say('desk.look.title')} lead={say('desk.look.lead')}>
      <Look />
    </DeskFrame>
  );
}

type Who = 'madeUp' | 'viewer';

function Look() {
  const words = useWords();
  const { say } = words;
  const [who, setWho] = useState<Who>('madeUp');
  const [viewer, setViewer] = useState('');
  const [likes, setLikes] = useState('');
  const [languages, setLanguages] = useState('');
  const look = useMutation({
    mutationFn: () =>
      api.lookAtFeed(
        who === 'viewer'
          ? { viewer: viewer.trim() }
          : { likes: likes.trim() || undefined, languages: languages.trim() || undefined },
      ),
  });
  return (
    <>
      <Section title={say('desk.look.who')}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (!look.isPending) look.mutate();
          }}
        >
          <RadioGroup
            label={say('desk.look.who')}
            hideLabel
            row
            value={who}
            options={[
              { value: 'madeUp', label: say('desk.look.madeUp') },
              { value: 'viewer', label: say('desk.look.viewer') },
            ]}
            onChange={(next: Who) => setWho(next)}
          />
          {who === 'viewer' ? (
            <TextField
              label={say('desk.look.handle')}
              hint={say('desk.look.handleHint')}
              dir="ltr"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={80}
              value={viewer}
              onChange={(event) => setViewer(event.target.value)}
            />
          ) : (
            <div className={styles.pair}>
              <TextField
                label={say('desk.look.likes')}
                hint={say('desk.look.likesHint')}
                autoComplete="off"
                maxLength={400}
                value={likes}
                onChange={(event) => setLikes(event.target.value)}
              />
              <TextField
                label={say('desk.look.languages')}
                hint={say('desk.look.languagesHint')}
                dir="ltr"
                autoComplete="off"
                maxLength={100}
                value={languages}
                onChange={(event) => setLanguages(event.target.value)}
              />
            </div>
          )}
          <div>
            <Button type="submit" look="primary" busy={look.isPending}>
              {say('desk.look.go')}
            </Button>
          </div>
        </form>
      </Section>
      {look.error && <Notice kind="wrong">{problemSentence(words, look.error)}</Notice>}
      {look.data && <Candidates look={look.data} />}
    </>
  );
}

function Candidates({ look }: { look: FeedLook }) {
  const { say } = useWords();
  const { viewer, variants, candidates } = look;
  const name = viewer.madeUp ? say('desk.look.madeUp') : viewer.handle ? `@${viewer.handle}` : viewer.id;
  return (
    <Section
      title={say('desk.look.result', { name, count: candidates.length })}
      lead={variants.length > 0 ? say('desk.look.variants', { variants: variants.join(', ') }) : undefined}
    >
      {candidates.length === 0 && <p>{say('desk.look.nothing')}</p>}
      <ol className={styles.candidates}>
        {candidates.map((candidate) => (
          <li key={candidate.videoId} className={styles.candidate} data-out={candidate.takenOut ?? undefined}>
            <Candidate candidate={candidate} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Candidate({ candidate }: { candidate: FeedLook['candidates'][number] }) {
  const { say, knows } = useWords();
  const figures = useFigures();
  const { caption, author, takenOut, source, causes, exploration, propensity, score, heads, videoId } =
    candidate;
  const causeWords = causes
    .map((cause) =>
      cause.caption === null ? causeName(cause.key) : say('desk.look.because', { caption: cause.caption }),
    )
    .join(', ');
  function causeName(key: string): string {
    if (key.startsWith('lean:')) return say('desk.look.asked', { what: causeName(key.slice(5)) });
    const [kind, ...rest] = key.split(':');
    if (kind === 'tag') return `#${rest.join(':')}`;
    return knows(`desk.source.${kind}`) ? say(`desk.source.${kind}`) : key;
  }
  const headWords = Object.entries(heads).map(([head, value]) => ({
    head: knows(`desk.head.${head}`) ? say(`desk.head.${head}`) : head,
    value: figures.rate(value),
  }));
  return (
    <>
      <p className={styles.caption} dir="auto">
        {caption ?? say('desk.look.hidden', { id: videoId })}
      </p>
      <p className={styles.range}>
        {author && (
          <>
            <span dir="ltr">@{author}</span> ·{' '}
          </>
        )}
        {knows(`desk.source.${source}`) ? say(`desk.source.${source}`) : source}
        {exploration && source !== 'explore' && <> · {say('desk.look.exploring')}</>}
        {causeWords && <> · {causeWords}</>}
      </p>
      {takenOut && <p className={styles.out}>{say(`desk.look.out.${takenOut}`)}</p>}
      <dl className={styles.heads}>
        <div>
          <dt>{say('desk.look.score')}</dt>
          <dd className={styles.guess}>{figures.decimal(Number(score.toPrecision(3)))}</dd>
        </div>
        <div>
          <dt>{say('desk.look.propensity')}</dt>
          <dd className={styles.guess}>{figures.rate(propensity)}</dd>
        </div>
        {headWords.map(({ head, value }) => (
          <div key={head}>
            <dt>{head}</dt>
            <dd className={styles.guess}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
