import { commentLength } from '../../../contract/comments.ts';

/** Pure: how much room is left in what is being written. Near the end it is said, before it nobody needs to know. */
export function roomIn(text: string): { left: number; near: boolean; over: boolean; empty: boolean } {
  const length = [...text.trim()].length;
  const left = commentLength - length;
  return { left, near: left <= 60, over: left < 0, empty: length === 0 };
}
