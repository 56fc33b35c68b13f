import { z } from 'zod';
import { type SignalReceipt, sendSignals } from '../../../contract/signals.ts';
import { type Caller, type Handled, handle } from '../../platform/http/handle.ts';
import { localeOf } from './locale.rules.ts';

/** The batch's form only: a faulty signal refuses itself and not its batch, so each is read on its own later. */
const looseBatch = z.object({ signals: z.array(z.unknown()).min(1).max(200) }).strict();

export function signalHttp(
  record: (caller: Caller, batch: readonly unknown[], locale: string | null) => Promise<SignalReceipt>,
): Handled[] {
  return [
    handle({ ...sendSignals, body: looseBatch }, ({ caller, body, request }) =>
      record(caller, body.signals, localeOf(request.headers.get('accept-language'))),
    ),
  ];
}
