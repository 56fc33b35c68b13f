import type { Grade } from './grading.ts';

/** A named colour look. The name is what an edit list keeps, so it never changes its meaning. */
export type Look = { name: string; grade: Grade };
