/** What somebody with this history is likely to want next, by the forecast that was fitted last; nothing without one. */
import { likeliest, outlookOf } from '../forecast/forecast.ts';
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
  for (const number of likeliest(ranking.outlook, tunables.forecastCandidates)) {
    if (!(scores[number]! > 0)) break;
    if (forecast.rowOf[number]! >= 0) admit(ranking, forecast.rowOf[number]!, 'similar');
  }
}
