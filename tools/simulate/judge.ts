/** Did the feeds move, did they stay open, was the good new video found, was the new creator seen? Pure. */
import type { Life, Shown } from './life.ts';

export function judge(life: Life) {
  const { plan, shown, viewers, videos, arrivals } = life;
  const byViewer = viewers.map((_, at) => shown.filter((one) => one.viewer === at));
  const isLoved = (one: Shown) => viewers[one.viewer]!.loved.has(one.video.topic);
  const firsts = byViewer.flatMap((own) => own.slice(0, plan.page));
  const lasts = byViewer.map((own) => own.slice(-3 * plan.page));
  const late = lasts.flat();
  // What chance gives: the loved topics' share of the catalogue, and the mean worth of any video.
  const chanceLoved = mean(
    viewers.map((viewer) => videos.filter((video) => viewer.loved.has(video.topic)).length / videos.length),
  );
  const pages = lasts.flatMap((own) => [...Map.groupBy(own, (one) => one.page).values()]);
  const largest = lasts.map((own) => {
    const topics = [...Map.groupBy(own, (one) => one.video.topic).values()];
    return Math.max(0, ...topics.map((ones) => ones.length)) / Math.max(1, own.length);
  });
  const shownNew = (at: number) => shown.filter((one) => one.video.at === arrivals[at]!.video.at);
  const impressions = arrivals.map((_, at) => shownNew(at).length);
  const audiences = arrivals.map((_, at) => new Set(shownNew(at).map((one) => one.viewer)).size);
  const good = impressions.filter((_, at) => arrivals[at]!.isGood);
  const poor = impressions.filter((_, at) => !arrivals[at]!.isGood);
  const since = shown.filter((one) => one.day >= plan.arrivals.day).length;
  return {
    shown: shown.length,
    pages: new Set(shown.map((one) => `${one.viewer} ${one.page}`)).size,
    moved: {
      lovedByChance: rounded(chanceLoved),
      lovedOnTheFirstPage: rounded(share(firsts, isLoved)),
      lovedOnTheLastThreePages: rounded(share(late, isLoved)),
      worthOnTheFirstPage: rounded(mean(firsts.map((one) => one.worth))),
      worthOnTheLastThreePages: rounded(mean(late.map((one) => one.worth))),
      /** Of all viewers: whose last pages hold more of what they love than chance gives. */
      viewersMoved: rounded(
        share([...lasts.entries()], ([at, own]) => {
          const viewer = viewers[at]!;
          const usual = videos.filter((video) => viewer.loved.has(video.topic)).length / videos.length;
          return share(own, isLoved) > usual;
        }),
      ),
    },
    open: {
      topicsPerPage: rounded(mean(pages.map((page) => new Set(page.map((one) => one.video.topic)).size))),
      creatorsPerPage: rounded(mean(pages.map((page) => new Set(page.map((one) => one.video.creator)).size))),
      outsideTheLoved: rounded(1 - share(late, isLoved)),
      largestTopic: rounded(mean(largest)),
      largestTopicOfAnybody: rounded(Math.max(...largest)),
    },
    found: {
      goodImpressions: rounded(mean(good)),
      poorImpressions: rounded(mean(poor)),
      ratio: rounded(mean(good) / Math.max(0.5, mean(poor))),
      /** What each would have got if all videos were shown alike. */
      alikeImpressions: rounded(since / (videos.length + arrivals.length)),
      goodAheadOfItsTwin: rounded(share([...good.entries()], ([pair, count]) => count > poor[pair]!)),
    },
    seen: {
      newCreators: arrivals.length,
      withAnAudience: rounded(share(audiences, (audience) => audience >= 1)),
      withAnAudienceOfFive: rounded(share(audiences, (audience) => audience >= 5)),
      medianAudience: audiences.toSorted((a, b) => a - b)[audiences.length >> 1]!,
      shareOfImpressions: rounded(impressions.reduce((sum, one) => sum + one, 0) / Math.max(1, since)),
    },
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
const share = <Item>(items: readonly Item[], is: (item: Item) => boolean) =>
  items.filter((item) => is(item)).length / Math.max(1, items.length);
const rounded = (value: number) => Math.round(value * 1000) / 1000;
