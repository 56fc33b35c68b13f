import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartNoAxesCombined, Film } from 'lucide-react';
import { useState } from 'react';
import type { VideoInsights } from '../../../contract/insights.ts';
import { api, isMissing } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { LineChart } from '../../ui/chart-line.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { Missing } from '../not-found/not-found.tsx';
import { SignInFirst } from '../sign-in/sign-in-first.tsx';
import styles from './insights.module.css';
import { changeOf, Numbers } from './numbers.tsx';
import { type Days, Range } from './range.tsx';
import { WhereAndWho } from './who.tsx';

/** How one of one's videos is watched. */
export function VideoInsightsSurface({ id }: { id: string }) {
  const words = useWords();
  const { say } = words;
  const session = useSession();
  const [days, setDays] = useState<Days>('28');
  const asked = useQuery({
    queryKey: ['insights', id, days],
    queryFn: ({ signal }) => api.videoInsights(id, Number(days), signal),
    enabled: session?.me !== null,
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
  if (session && !session.me)
    return <SignInFirst title={say('insights.title')} text={say('insights.signInFirst')} />;
  if (isMissing(asked.error))
    return <Missing title={say('insights.missing')} text={say('insights.missingText')} />;
  const data = asked.data;
  return (
    <Page
      title={say('insights.ofVideo')}
      width="wide"
      action={
        <Link href={paths.insights()} className={buttonClass({ look: 'quiet' })}>
          {say('insights.all')}
        </Link>
      }
    >
      {asked.isError && !data && (
        <ErrorState title={say('insights.failed')} onRetry={() => void asked.refetch()}>
          <p>{problemSentence(words, asked.error)}</p>
        </ErrorState>
      )}
      {asked.isPending && <Skeleton width="100%" height="20rem" />}
      {data && (
        <>
          <Card video={data.video} />
          {data.life.plays === 0 ? (
            <EmptyState
              icon={<ChartNoAxesCombined size={34} aria-hidden="true" />}
              title={say('insights.unwatched.title')}
            >
              <p>{say('insights.unwatched.text')}</p>
            </EmptyState>
          ) : (
            <>
              <Life data={data} />
              <Range
                days={days}
                table={`/api/videos/${encodeURIComponent(id)}/insights.csv`}
                onChange={setDays}
              />
              <InThoseDays data={data} />
            </>
          )}
        </>
      )}
    </Page>
  );
}

function Card({ video }: { video: VideoInsights['video'] }) {
  const { say } = useWords();
  const figures = useFigures();
  return (
    <div className={styles.card}>
      <span className={styles.poster}>
        {video.posterUrl ? <img src={video.posterUrl} alt="" /> : <Film size={22} aria-hidden="true" />}
      </span>
      <div className={styles.words}>
        <p className={styles.caption} dir="auto">
          {video.caption || say('grid.noCaption')}
        </p>
        <p className={styles.hint}>
          {video.publishedAt
            ? say('insights.published', {
                when: figures.moment(video.publishedAt),
                length: figures.clock(video.durationMs),
              })
            : say('mine.processing')}
        </p>
        {video.status === 'published' && (
          <Link href={video.url} className={buttonClass({ look: 'plain', small: true })}>
            {say('insights.watch')}
          </Link>
        )}
      </div>
    </div>
  );
}

function Life({ data }: { data: VideoInsights }) {
  const { say } = useWords();
  const figures = useFigures();
  const { life, retention, usual, video } = data;
  const rate = (value: number | null) => (value === null ? '–' : figures.rate(value));
  const seconds = (value: number | null) => (value === null ? '–' : figures.seconds(value));
  const against = say('insights.usual');
  const beside = (pick: 'averageShare' | 'finishRate' | 'followsPerView') =>
    usual ? changeOf(usual[pick].own, usual[pick].usual) : null;
  const age = usual && (usual.ageHours < 48 ? 'insights.ageHours' : 'insights.ageDays');
  const half = retention.shares.findIndex((share) => share < 0.5);
  return (
    <>
      <Section
        title={say('insights.life')}
        lead={usual ? say('insights.comparedWith', { count: usual.videos }) : say('insights.noUsual')}
      >
        <Numbers
          figures={[
            {
              name: say('insights.views'),
              value: figures.compact(life.views),
              hint:
                usual && age
                  ? say('insights.viewsAtAge', {
                      own: figures.compact(usual.views.own ?? 0),
                      usual: figures.compact(usual.views.usual ?? 0),
                      age: say(age, {
                        count: age === 'insights.ageHours' ? usual.ageHours : usual.ageHours / 24,
                      }),
                    })
                  : undefined,
              change: usual ? changeOf(usual.views.own, usual.views.usual) : null,
              against,
            },
            {
              name: say('insights.viewers'),
              value: figures.compact(life.viewers),
              hint: say('insights.viewersHint'),
            },
            {
              name: say('insights.average'),
              value: seconds(life.averageWatchMs),
              hint: say('insights.averageOf', {
                length: figures.clock(video.durationMs),
                median: seconds(life.medianWatchMs),
              }),
              change: beside('averageShare'),
              against,
            },
            {
              name: say('insights.finished'),
              value: rate(life.finishRate),
              hint: say('insights.replayedHint', { replayed: rate(life.replayRate) }),
              change: beside('finishRate'),
              against,
            },
            {
              name: say('insights.skipped'),
              value: rate(life.skipRate),
              hint: say('insights.skippedHint'),
            },
            {
              name: say('insights.newFollowers'),
              value: figures.compact(life.follows),
              hint: say('insights.followsHint'),
              change: beside('followsPerView'),
              against,
            },
            { name: say('insights.likes'), value: figures.compact(life.likes) },
            { name: say('insights.shares'), value: figures.compact(life.shares) },
          ]}
        />
      </Section>
      {retention.shares.length > 0 && (
        <Section title={say('insights.retention')}>
          <LineChart
            title={
              half < 0
                ? say('insights.retentionStayed')
                : say('insights.retentionHalf', { at: figures.clock(half * retention.stepMs) })
            }
            about={say('insights.retentionHint', { count: retention.plays })}
            series={[{ name: say('insights.still'), values: retention.shares }]}
            times={retention.shares.map((_, at) => figures.clock(at * retention.stepMs))}
            timeHead={say('insights.second')}
            format={figures.percent}
          />
        </Section>
      )}
    </>
  );
}

function InThoseDays({ data }: { data: VideoInsights }) {
  const { say } = useWords();
  const figures = useFigures();
  if (data.total.plays === 0) return <p>{say('insights.quiet')}</p>;
  const times = data.series.map((point) => figures.dayName(point.day));
  return (
    <>
      <Section title={say('insights.overTime')}>
        <LineChart
          title={say('insights.viewsByDay')}
          series={[
            { name: say('insights.views'), values: data.series.map((point) => point.views) },
            { name: say('insights.viewers'), values: data.series.map((point) => point.viewers) },
          ]}
          times={times}
          timeHead={say('insights.day')}
          format={figures.compact}
        />
      </Section>
      <WhereAndWho
        sources={data.sources}
        languages={data.languages}
        regions={data.regions}
        hours={data.hours}
      />
    </>
  );
}
