/** What somebody with this history is likely to want next, by the forecast that was fitted last; nothing without one. */
import { outlookOf } from '../forecast/forecast.ts';
import { strongest } from '../models/retrieval/links.ts';
import { admit, type Ranking } from '../ranking.ts';
import { eachSeen } from '../state/users.ts';
import { valuedHistory } from './similar.source.ts';

export function findForecast(ranking: Ranking): void {
  const { profile, tunables } = ranking;
  const { forecast, users } = ranking.state;
  if (forecast === null || profile < 0 || tunables.forecastWeight === 0) return;
  const liked = valuedHistory(ranking).map(({ item }) => item);
  const met: number[] = [];
  eachSeen(users, profile, (item) => met.push(item));
  ranking.outlook = outlookOf(forecast, liked.reverse(), met);
  if (ranking.outlook === null) return;
  const { scores } = ranking.outlook;
  // The same order before each choice: those that tie fall as they did last time.
  forecast.order.set(forecast.inOrder);
  const best = strongest(forecast.order, scores, Math.min(tunables.forecastCandidates, scores.length));
  best.sort((a, b) => scores[b]! - scores[a]! || a - b);
  for (const number of best) {
    if (!(scores[number]! > 0)) break;
    if (forecast.rowOf[number]! >= 0) admit(ranking, forecast.rowOf[number]!, 'similar');
  }
}
