import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartNoAxesCombined, Film } from 'lucide-react';
import { useState } from 'react';
import type { Insights } from '../../../contract/insights.ts';
import { api } from '../../api.ts';
import { useFigures } from '../../intl/figures.ts';
import { useWords } from '../../intl/words.tsx';
import { paths } from '../../paths.ts';
import { problemSentence } from '../../problem.ts';
import { useSession } from '../../session.ts';
import { Link } from '../../shell/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { LineChart } from '../../ui/chart-line.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../ui/state.tsx';
import { SignInFirst } from '../sign-in/sign-in-first.tsx';
import styles from './insights.module.css';
import { changeOf, Numbers } from './numbers.tsx';
import { type Days, Range } from './range.tsx';
import { WhereAndWho } from './who.tsx';

/** How all of one's videos are watched, over the last days. */
export function InsightsSurface() {
  const { say } = useWords();
  const session = useSession();
  if (session && !session.me)
    return <SignInFirst title={say('insights.title')} text={say('insights.signInFirst')} />;
  return (
    <Page
      title={say('insights.title')}
      lead={say('insights.lead')}
      width="wide"
      action={
        <Link href={paths.myVideos()} className={buttonClass({ look: 'quiet' })}>
          {say('mine.title')}
        </Link>
      }
    >
      <InAll />
    </Page>
  );
}

function InAll() {
  const words = useWords();
  const { say } = words;
  const figures = useFigures();
  const [days, setDays] = useState<Days>('28');
  const asked = useQuery({
    queryKey: ['insights', days],
    queryFn: ({ signal }) => api.insights(Number(days), signal),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });
  const data = asked.data;
  return (
    <>
      <Range days={days} table="/api/me/insights.csv" onChange={setDays} />
      {asked.isPending && <Skeleton width="100%" height="20rem" />}
      {asked.isError && !data && (
        <ErrorState title={say('insights.failed')} onRetry={() => void asked.refetch()}>
          <p>{problemSentence(words, asked.error)}</p>
        </ErrorState>
      )}
      {asked.isError && data && (
        <Notice kind="wrong">
          {say('insights.stale', { when: figures.moment(new Date(asked.dataUpdatedAt)) })}
        </Notice>
      )}
      {data && (data.total.plays + data.before.plays > 0 ? <Told data={data} /> : <Nothing />)}
    </>
  );
}

function Nothing() {
  const { say } = useWords();
  return (
    <EmptyState
      icon={<ChartNoAxesCombined size={34} aria-hidden="true" />}
      title={say('insights.empty.title')}
      action={
        <Link href={paths.upload()} className={buttonClass({ look: 'primary' })}>
          {say('mine.new')}
        </Link>
      }
    >
      <p>{say('insights.empty.text')}</p>
    </EmptyState>
  );
}

function Told({ data }: { data: Insights }) {
  const { say } = useWords();
  const figures = useFigures();
  const { total, before, followers, series } = data;
  const against = say('insights.daysBefore', { count: series.length });
  const rate = (value: number | null) => (value === null ? '–' : figures.rate(value));
  const seconds = (value: number | null) => (value === null ? '–' : figures.seconds(value));
  const times = series.map((point) => figures.dayName(point.day));
  // So that the steps of the axis are round in the unit they are told in.
  const unitMs = Math.max(...series.map((point) => point.watchedMs)) >= 7_200_000 ? 3_600_000 : 60_000;
  return (
    <>
      <Section
        title={say('insights.numbers')}
        lead={
          data.countedAt
            ? say('insights.counted', { when: figures.moment(data.countedAt) })
            : say('insights.notCounted')
        }
      >
        <Numbers
          figures={[
            {
              name: say('insights.views'),
              value: figures.compact(total.views),
              change: changeOf(total.views, before.views),
              against,
            },
            {
              name: say('insights.viewers'),
              value: figures.compact(total.viewers),
              hint: say('insights.viewersHint'),
              change: changeOf(total.viewers, before.viewers),
              against,
            },
            {
              name: say('insights.watched'),
              value: figures.lasting(total.watchedMs),
              change: changeOf(total.watchedMs, before.watchedMs),
              against,
            },
            {
              name: say('insights.average'),
              value: seconds(total.averageWatchMs),
              hint: say('insights.medianHint', { median: seconds(total.medianWatchMs) }),
              change: changeOf(total.averageWatchMs, before.averageWatchMs),
              against,
            },
            {
              name: say('insights.finished'),
              value: rate(total.finishRate),
              hint: say('insights.replayedHint', { replayed: rate(total.replayRate) }),
              change: changeOf(total.finishRate, before.finishRate),
              against,
            },
            {
              name: say('insights.newFollowers'),
              value: figures.compact(followers.gained),
              hint: say('insights.followersNow', { count: followers.now }),
            },
          ]}
        />
      </Section>
      <Section title={say('insights.overTime')}>
        <div className={styles.charts}>
          <LineChart
            title={say('insights.viewsByDay')}
            series={[
              { name: say('insights.views'), values: series.map((point) => point.views) },
              { name: say('insights.viewers'), values: series.map((point) => point.viewers) },
            ]}
            times={times}
            timeHead={say('insights.day')}
            format={figures.compact}
          />
          <LineChart
            title={say('insights.watchedByDay')}
            series={[
              { name: say('insights.watched'), values: series.map((point) => point.watchedMs / unitMs) },
            ]}
            times={times}
            timeHead={say('insights.day')}
            format={(value) => figures.lasting(value * unitMs)}
          />
          {followers.series.some((point) => point.gained !== 0) && (
            <LineChart
              title={say('insights.followersByDay')}
              about={say('insights.followersHint')}
              series={[
                { name: say('insights.newFollowers'), values: followers.series.map((point) => point.gained) },
              ]}
              times={times}
              timeHead={say('insights.day')}
              format={figures.compact}
            />
          )}
        </div>
      </Section>
      {data.videos.length > 0 && (
        <Section title={say('insights.top')} lead={say('insights.topHint')}>
          <ol className={styles.top}>
            {data.videos.map((video) => (
              <li key={video.id}>
                <Link href={paths.videoInsights(video.id)} className={styles.topVideo}>
                  <span className={styles.poster}>
                    {video.posterUrl ? (
                      <img src={video.posterUrl} alt="" loading="lazy" />
                    ) : (
                      <Film size={20} aria-hidden="true" />
                    )}
                  </span>
                  <span className={styles.caption} dir="auto">
                    {video.caption || say('grid.noCaption')}
                  </span>
                  <span className={styles.views}>
                    {say('insights.viewsCount', { count: video.views, shown: figures.compact(video.views) })}
                  </span>
                </Link>
              </li>
            ))}
          </ol>
        </Section>
      )}
      <WhereAndWho
        sources={data.sources}
        languages={data.languages}
        regions={data.regions}
        hours={data.hours}
      />
    </>
  );
}
