import { z } from 'zod';
import { Person } from './accounts.ts';
import { route } from './route.ts';
import { topics } from './topics.ts';

/** What is offered to somebody who writes a caption; `q` is what stands after the # or @ so far. */
const Query = z.object({ q: z.string().max(100).default('') });

export const TagSuggestion = z
  .object({
    /** Canonical, without #. */
    tag: z.string(),
    videos: z.number().int().meta({ description: 'Public videos with this hashtag' }),
    mine: z.boolean().meta({ description: 'Used by the caller lately' }),
  })
  .meta({ id: 'TagSuggestion' });
export type TagSuggestion = z.infer<typeof TagSuggestion>;

export const suggestTags = route({
  name: 'suggestTags',
  method: 'get',
  path: '/api/suggestions/tags',
  access: 'member',
  summary: 'Hashtags that begin so: the caller’s own of late first, then by use. At most 8',
  query: Query,
  reply: z.object({ tags: z.array(TagSuggestion) }),
  limit: { points: 240, seconds: 60 },
});

export const PersonSuggestion = Person.extend({ followed: z.boolean() }).meta({ id: 'PersonSuggestion' });
export type PersonSuggestion = z.infer<typeof PersonSuggestion>;

export const suggestPeople = route({
  name: 'suggestPeople',
  method: 'get',
  path: '/api/suggestions/people',
  access: 'member',
  summary: 'People whose handle or name begins so: those the caller follows first. At most 8',
  query: Query,
  reply: z.object({ people: z.array(PersonSuggestion) }),
  limit: { points: 240, seconds: 60 },
});

export const suggestTopics = route({
  name: 'suggestTopics',
  method: 'post',
  path: '/api/suggestions/topics',
  access: 'member',
  summary:
    'Topics that a caption may be about, by its words and by what others chose beside its tags. At most 3',
  body: z
    .object({
      caption: z.string().max(8800),
      language: z
        .string()
        .regex(/^[a-z]{2,3}$/)
        .nullable()
        .default(null),
    })
    .strict(),
  reply: z.object({ topics: z.array(z.enum(topics)) }),
  limit: { points: 120, seconds: 60 },
});

export const suggestionRoutes = [suggestTags, suggestPeople, suggestTopics] as const;
