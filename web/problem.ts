import { ApiProblem } from './api.ts';
import { passwordLength } from './auth.ts';
import type { useWords } from './intl/words.tsx';

/** A refusal or failure in a sentence for the person in front of the screen; what has no sentence of its own is ours. */
export function problemSentence({ say, knows }: ReturnType<typeof useWords>, error: unknown): string {
  const code = error instanceof ApiProblem ? error.code : 'internal';
  const id = `problem.${code}`;
  return knows(id) ? say(id, passwordLength) : say('problem.internal');
}

export function problemCode(error: unknown): string {
  return error instanceof ApiProblem ? error.code : 'internal';
}
