import { Refusal } from '../../../contract/errors.ts';
import * as contract from '../../../contract/packs.ts';
import { accountOf, type Handled, handle } from '../../platform/http/handle.ts';
import type { Packs } from './packs.ts';

export function packHttp(packs: Omit<Packs, 'http'>): Handled[] {
  return [
    handle(contract.todaysPacks, (call) => {
      call.setHeader('vary', 'accept-language');
      return packs.today(call.request.headers.get('accept-language'));
    }),
    handle(contract.getPackSticker, ({ params, caller }) =>
      packs.sticker(params.key, caller?.role === 'operator'),
    ),
    handle(contract.listPacks, packs.list),
    handle(contract.setPackMarket, async ({ body }) => {
      await packs.setMarket(body.market);
      return body;
    }),
    handle(contract.putPack, (call) => packs.put(call.params.key, call.body, accountOf(call))),
    handle(contract.discardPack, async ({ params }) => {
      await packs.discard(params.key);
      return undefined;
    }),
    handle(contract.putPackSticker, (call) =>
      packs.draw(call.params.key, { name: call.params.name, ...call.body }, accountOf(call)),
    ),
    handle(contract.removePackSticker, async (call) => {
      await packs.takeOut(call.params.key, call.params.name, accountOf(call));
      return undefined;
    }),
    handle(contract.publishPack, (call) => packs.publish(call.params.key, accountOf(call))),
    handle(contract.withdrawPack, (call) => packs.withdraw(call.params.key, accountOf(call))),
    handle(contract.listPackDeeds, async ({ params }) => ({ deeds: await packs.deeds(params.key) })),
  ];
}

/**
 * A drawing as a picture for <img>. Were it opened as a page, it would be saved instead (content-disposition), and could
 * run, load and reach nothing (sandbox): the cleaning is not the only wall.
 */
export async function serveDrawing(
  packs: Pick<Packs, 'sticker'>,
  request: Request,
  file: string,
  isOperator: () => Promise<boolean>,
): Promise<Response> {
  const key = /^([a-z0-9-]{3,41})\.svg$/.exec(file)?.[1];
  if (!key) throw new Refusal('not_found');
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal('method_not_allowed');
  const given = await packs.sticker(key, false).catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
  const sticker = given ?? (await packs.sticker(key, await isOperator()));
  return new Response(request.method === 'HEAD' ? null : sticker.svg, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-disposition': `attachment; filename="${key}.svg"`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
      // A day: the drawing never changes, but a pack may be withdrawn.
      'cache-control': given ? 'public, max-age=86400' : 'private, no-store',
    },
  });
}
