/**
 * The protocols in order, each with the data it needs: the list is what `npm run evaluate` runs. A protocol is loaded
 * when its turn comes, so measuring one does not need the others.
 */
import { hasKuairand } from './kuairand.reader.ts';
import { hasToys } from './next-item.protocol.ts';
import type { ProtocolResult } from './protocol.ts';
import { hasSequences } from './retrieval.protocol.ts';

export type Protocol = {
  number: number;
  name: string;
  isThere: () => boolean;
  measure: () => Promise<ProtocolResult>;
};

const always = () => true;

export const protocols: readonly Protocol[] = [
  {
    number: 1,
    name: 'ranking',
    isThere: () => hasKuairand(),
    measure: async () => (await import('./ranking.protocol.ts')).measureRanking(),
  },
  {
    number: 2,
    name: 'watch time',
    isThere: () => hasKuairand(),
    measure: async () => (await import('./watch-time.protocol.ts')).measureWatchTime(),
  },
  {
    number: 3,
    name: 'retrieval',
    isThere: () => hasSequences(),
    measure: async () => (await import('./retrieval.protocol.ts')).measureRetrieval(),
  },
  {
    number: 4,
    name: 'next item',
    isThere: () => hasToys(),
    measure: async () => (await import('./next-item.protocol.ts')).measureNextItem(),
  },
  {
    number: 6,
    name: 'a new viewer',
    isThere: always,
    measure: async () => (await import('./new-viewer.protocol.ts')).measureNewViewer(),
  },
  {
    number: 7,
    name: 'a new video',
    isThere: always,
    measure: async () => (await import('./new-video.protocol.ts')).measureNewVideo(),
  },
  {
    number: 8,
    name: 'diversity',
    isThere: always,
    measure: async () => (await import('./diversity.protocol.ts')).measureDiversity(),
  },
  {
    number: 9,
    name: 'serving',
    isThere: always,
    measure: async () => (await import('./serving.protocol.ts')).measureServing(),
  },
  {
    number: 10,
    name: 'the parts of the graph',
    isThere: () => hasKuairand() && hasSequences(),
    measure: async () => (await import('./parts.protocol.ts')).measureParts(),
  },
  {
    number: 11,
    name: 'more like this',
    isThere: () => hasKuairand() && hasSequences(),
    measure: async () => (await import('./related.protocol.ts')).measureRelated(),
  },
  {
    number: 12,
    name: 'parts where they can bring something',
    isThere: () => hasKuairand() && hasSequences(),
    measure: async () => (await import('./where.protocol.ts')).measureWhereParts(),
  },
];
