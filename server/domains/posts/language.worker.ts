import { parentPort } from 'node:worker_threads';
import { getLIDModel } from 'fasttext.wasm.js';
import type { LanguageAnswer, LanguageQuestion } from './language.ts';

/** fastText's lid.176 (176 languages) in a thread of its own; see language.ts. */

/** Below this the model is guessing between relatives. */
const sureFrom = 0.5;
type Model = {
  load(): Promise<unknown>;
  identify(text: string): Promise<{ alpha2: string | null; alpha3: string; possibility: number }>;
};
const model = getLIDModel().then(async (loading: Model) => {
  await loading.load();
  return loading;
});

parentPort!.on('message', async ({ id, text }: LanguageQuestion) => {
  const { alpha2, alpha3, possibility } = await (await model).identify(text);
  const language = possibility >= sureFrom ? (alpha2 ?? alpha3) : null;
  parentPort!.postMessage({ id, language } satisfies LanguageAnswer);
});
