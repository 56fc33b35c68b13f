/**
 * Something that happens to the picture for a while, as a piece of GLSL:
 *
 *   vec4 effect(vec2 at)            the colour of the place `at`, 0 … 1 from the top left corner
 *
 * It may read `frame(vec2)` (the picture so far), `soft(vec2)` (a blurred copy, only if `soft` is true), and
 *   u_time      seconds since it began; all movement comes from it, so preview and export show the same
 *   u_strength  0 … 1, where 0 must change nothing
 *   u_size      pixels of the frame, for its proportions: what is drawn must not depend on how many there are
 *   chance(ivec3) a number 0 … 1 that is the same on every graphics card
 * and each of `values` as a constant of its name.
 */
export type Effect = { name: string; soft?: boolean; values: Record<string, number>; shader: string };
