/** What a scene is: `still` is drawn once, `at` is called for every frame and must be a pure function of time.
 * `t` runs 0..1 over the clip, `seconds` is the same moment in seconds. Frame: 540 × 960, the lower third calm. */
import type { Random } from '../../../../packages/music/chance.ts';

export type Drawing = { still: string; at: (t: number, seconds: number) => string };
export type Story = (input: { random: Random; seconds: number }) => Drawing;
