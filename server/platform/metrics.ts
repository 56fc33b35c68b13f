import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus figures of this process. A label never holds an id: what grows with people does not belong here. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'kinora_' });
  return {
    registry,
    requests: new Histogram({
      name: 'kinora_http_request_seconds',
      help: 'Time from request to answer',
      labelNames: ['route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    signals: new Counter({
      name: 'kinora_signals_total',
      help: 'Signals by what became of them',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    feedPage: new Histogram({
      name: 'kinora_feed_page_seconds',
      help: 'Time to rank, check, hydrate and present one page',
      labelNames: ['feed'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5],
      registers: [registry],
    }),
    media: new Histogram({
      name: 'kinora_media_seconds',
      help: 'Time of one media stage',
      labelNames: ['stage', 'outcome'],
      buckets: [0.5, 1, 2, 5, 10, 20, 60, 300],
      registers: [registry],
    }),
    firstFrame: new Histogram({
      name: 'kinora_first_frame_seconds',
      help: 'Time to the first frame as players report it',
      buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5],
      registers: [registry],
    }),
    ready: new Gauge({
      name: 'kinora_ready',
      help: '1 while the server takes requests',
      registers: [registry],
    }),
  };
}
