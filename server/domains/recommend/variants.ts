import type { ContentGraph } from '../../../packages/content-graph/content-graph.ts';

/**
 * The same graph under a variant's tunables: one memory, ranked differently. Made once for each set of overrides and
 * kept until the graph itself is another; at most as many as running experiments can combine.
 */
export function createVariants(
  retune: (graph: ContentGraph, overrides: Record<string, number>) => ContentGraph,
) {
  let base: ContentGraph | null = null;
  const kept = new Map<string, ContentGraph>();
  const most = 64;
  return (graph: ContentGraph, overrides: Record<string, number> | undefined): ContentGraph => {
    if (!overrides || Object.keys(overrides).length === 0) return graph;
    if (base !== graph || kept.size > most) kept.clear();
    base = graph;
    const key = JSON.stringify(Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1)));
    let variant = kept.get(key);
    if (!variant) {
      variant = retune(graph, overrides);
      kept.set(key, variant);
    }
    return variant;
  };
}
