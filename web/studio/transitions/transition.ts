/**
 * How one clip gives way to the next, as a piece of GLSL:
 *
 *   vec4 between(vec2 at, float blend)    the colour of the place `at`, 0 … 1 from the top left corner
 *
 * It may read `before(vec2)` and `after(vec2)`, which are black outside of the frame, and `u_size` in pixels for its
 * proportions. At blend 0 it shows only what was before, at 1 only what comes.
 */
export type Transition = { name: string; shader: string };
