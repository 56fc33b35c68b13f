/** The orders a child process understands: plain data. No native code is imported here, since the server reads it. */

import { dirname } from 'node:path';
import type { Rendition } from './engine.types.ts';

export type EngineJob =
  | { kind: 'probe'; path: string }
  | { kind: 'stageA'; path: string; outDir: string; coverAtMs: number | null }
  | { kind: 'stageB' | 'stageC'; path: string; outDir: string }
  | { kind: 'packageHls'; renditions: Rendition[]; outDir: string }
  | { kind: 'poster'; path: string; outDir: string; atMs: number }
  | { kind: 'listen' | 'silence'; path: string; outPath: string }
  | { kind: 'lay'; path: string; durationMs: number; outPath: string }
  | { kind: 'dub'; path: string; soundPath: string; outPath: string }
  | { kind: 'transcribe'; path: string; outPath: string; model: string }
  | { kind: 'storyboard'; path: string; outPath: string; tiles: number; tileShortSidePx: number };

/** Where a job leaves files, for sweeping what a killed child left. */
export function outputDirectory(job: EngineJob): string | null {
  if ('outDir' in job) return job.outDir;
  return 'outPath' in job ? dirname(job.outPath) : null;
}
