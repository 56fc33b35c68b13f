import { z } from 'zod';
import { route } from './route.ts';

/** What a viewer has said about their feed. Guests have these too; signing up keeps them. */
export const TasteSettings = z
  .object({
    /** False: popular and fresh for everybody, Following by time; nothing of the viewer's past is used. */
    profiling: z.boolean(),
    /** False: views are counted, and nothing is learned from them. */
    learning: z.boolean(),
    hideAiMade: z.boolean(),
    /** Whole words or phrases, in any case, in captions, hashtags, what is said and what is drawn into the picture. */
    mutedWords: z.array(z.string().trim().min(1).max(60)).max(200),
    mutedTags: z.array(z.string().trim().min(1).max(100)).max(200),
  })
  .meta({ id: 'TasteSettings' });
export type TasteSettings = z.infer<typeof TasteSettings>;

export const LeaningKind = z.enum(['topic', 'creator', 'sound']);
export type LeaningKind = z.infer<typeof LeaningKind>;

/** −2: never show · −1: less · 0: no wish, what was learned decides · 1: more · 2: much more. */
export const LeaningLevel = z.number().int().min(-2).max(2);

export const Leaning = z
  .object({
    kind: LeaningKind,
    /** A topic or hashtag, an account's id, a sound's id. */
    key: z.string(),
    /** What people call it: the tag itself, a handle, a sound's title; null when it is gone. */
    label: z.string().nullable(),
    level: LeaningLevel,
  })
  .meta({ id: 'Leaning' });
export type Leaning = z.infer<typeof Leaning>;

/** What was learned from watching: how much more (above 0) or less than usual this viewer values it. */
export const Belief = z
  .object({ kind: LeaningKind, key: z.string(), label: z.string().nullable(), weight: z.number() })
  .meta({ id: 'Belief' });
export type Belief = z.infer<typeof Belief>;

export const Taste = z
  .object({
    settings: TasteSettings,
    leanings: z.array(Leaning),
    /** Strongest first, likes and dislikes; at most 40 of a kind. */
    beliefs: z.array(Belief),
    /** From how many views (they fade with time) this was learned. */
    learnedFrom: z.number(),
  })
  .meta({ id: 'Taste' });
export type Taste = z.infer<typeof Taste>;

export const getTaste = route({
  name: 'getTaste',
  method: 'get',
  path: '/api/taste',
  access: 'viewer',
  summary: 'What I have said about my feed, and what was learned of me',
  reply: Taste,
});

export const changeTaste = route({
  name: 'changeTaste',
  method: 'patch',
  path: '/api/taste/settings',
  access: 'viewer',
  summary: 'Profiling, learning, AI-made, muted words and hashtags; holds from the next page on',
  body: TasteSettings.partial().strict(),
  reply: TasteSettings,
  limit: { points: 60, seconds: 60 },
});

export const lean = route({
  name: 'lean',
  method: 'put',
  path: '/api/taste/leanings/{kind}/{key}',
  access: 'viewer',
  summary: 'More, less or nothing at all of a topic, creator or sound; 0 takes the wish back',
  params: z.object({ kind: LeaningKind, key: z.string().min(1).max(100) }),
  body: z.object({ level: LeaningLevel }).strict(),
  reply: Leaning,
  limit: { points: 120, seconds: 60 },
});

export const resetTaste = route({
  name: 'resetTaste',
  method: 'delete',
  path: '/api/taste',
  access: 'viewer',
  summary: 'Forget what was learned of me; what I have seen does not come again, and my settings stay',
  limit: { points: 20, seconds: 3600 },
});

export const tasteRoutes = [getTaste, changeTaste, lean, resetTaste] as const;
