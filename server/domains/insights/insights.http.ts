import {
  exportInsights,
  exportVideoInsights,
  getInsights,
  getVideoInsights,
} from '../../../contract/insights.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Reading } from './reading.ts';

export function insightHttp(reading: Reading): Handled[] {
  return [
    handle(getInsights, (call) => reading.inAll(accountOf(call), call.query.days)),
    handle(getVideoInsights, (call) => reading.ofVideo(accountOf(call), call.params.id, call.query.days)),
    handle(exportInsights, async (call) =>
      table(await reading.tableInAll(accountOf(call), call.query.days), 'insights'),
    ),
    handle(exportVideoInsights, async (call) =>
      table(
        await reading.tableOfVideo(accountOf(call), call.params.id, call.query.days),
        `insights-${call.params.id}`,
      ),
    ),
  ];
}

function table(text: string, name: string): Response {
  return new Response(text, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'private, no-store',
    },
  });
}
