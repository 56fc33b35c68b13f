import { expect, test } from 'vitest';
import { judge } from './judge.ts';
import { live } from './life.ts';
import { syntheticStatistics } from './statistics.ts';

/**
 * Forty viewers with hidden tastes live for three days on the real server, over HTTP; on the second morning sixteen unknown
 * creators publish a video each, eight good and eight poor ones of the same topics. The draw of each page is the server's
 * own, so no two runs are alike: each claim has a margin.
 */
test('feeds move towards hidden tastes and stay open, and good new videos and their creators are found', async () => {
  const life = await live({
    statistics: syntheticStatistics,
    seed: 1,
    viewers: 40,
    memberEvery: 10,
    videos: 480,
    creators: 60,
    days: 3,
    pagesPerVisit: 4,
    page: 8,
    returning: 0.8,
    arrivals: { pairs: 8, day: 1 },
  });
  const verdict = judge(life);
  const { moved, open, found, seen } = verdict;
  const said = JSON.stringify(verdict);

  // They move: chance gives two of twelve topics, and nobody's first page can know better.
  expect(moved.lovedOnTheLastThreePages, said).toBeGreaterThan(1.6 * moved.lovedByChance);
  expect(moved.worthOnTheLastThreePages, said).toBeGreaterThan(1.15 * moved.worthOnTheFirstPage);
  expect(moved.viewersMoved, said).toBeGreaterThan(0.75);

  // They stay open: a page of eight is not of two topics, and nobody ends in one.
  expect(open.topicsPerPage, said).toBeGreaterThan(3);
  expect(open.outsideTheLoved, said).toBeGreaterThan(0.25);
  expect(open.largestTopicOfAnybody, said).toBeLessThan(0.7);

  // The good is told from the poor by what viewers do, nothing else differs.
  expect(found.ratio, said).toBeGreaterThan(1.15);
  expect(found.goodImpressions, said).toBeGreaterThan(found.alikeImpressions);

  // Whoever is new is seen: nearly all by somebody, most by several.
  expect(seen.withAnAudience, said).toBeGreaterThan(0.8);
  expect(seen.medianAudience, said).toBeGreaterThanOrEqual(3);
}, 300_000);
