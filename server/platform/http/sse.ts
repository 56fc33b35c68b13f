/** Sends one event; `data` becomes JSON. Returns false once the client is gone. */
export type SendEvent = (event: string, data: unknown) => boolean;

/**
 * Server-sent events. `open` starts sending and returns how to stop; `signal` (client gone, server stopping) ends
 * the stream. A comment every 15 s keeps proxies from closing a quiet one.
 */
export function eventStream(
  signal: AbortSignal,
  open: (send: SendEvent, end: () => void) => Promise<() => void> | (() => void),
): Response {
  const encoder = new TextEncoder();
  let finish = () => {};
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      let ended = false;
      let close = () => {};
      const beat = setInterval(() => write(': still here\n\n'), 15_000);
      const write = (text: string) => {
        if (ended) return false;
        controller.enqueue(encoder.encode(text));
        return true;
      };
      finish = () => {
        if (ended) return;
        ended = true;
        clearInterval(beat);
        close();
        try {
          controller.close();
        } catch {
          // The client cancelled first: there is nothing left to close.
        }
      };
      signal.addEventListener('abort', finish);
      if (signal.aborted) return finish();
      close = await open(
        (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
        finish,
      );
      if (ended) close();
    },
    cancel: () => finish(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

/** A lost note is made good by looking again after so long. */
const lookAgainMs = 5000;

export type Followed<State> = {
  event: string;
  /** As it is now; null: it is not there (any more). */
  look(): Promise<State | null>;
  isLast(state: State): boolean;
  /** Asks for a look when it may differ; `say` where a note itself tells how. Returns how to stop. */
  subscribe(look: () => void, said: { last(): State | null; say(next: State): void }): () => void;
  /** What is sent of it; the whole of it when left out. */
  shown?(state: State): unknown;
};

/** One thing as it is and whenever it has become another, until its last state, its end, or a look that fails. */
export function followStream<State>(signal: AbortSignal, followed: Followed<State>): Response {
  const { event, look, isLast, subscribe, shown = (state: State): unknown => state } = followed;
  return eventStream(signal, async (send, end) => {
    let last: State | null = null;
    let looking: Promise<void> = Promise.resolve();
    const again = () => {
      looking = looking
        .then(async () => {
          const next = await look();
          if (next === null) return end();
          const isNews = JSON.stringify(next) !== JSON.stringify(last);
          last = next;
          if (isNews) send(event, await shown(next));
          if (isLast(next)) end();
        })
        .catch(end);
    };
    const stop = subscribe(again, {
      last: () => last,
      say(next) {
        last = next;
        send(event, next);
      },
    });
    const timer = setInterval(again, lookAgainMs);
    again();
    await looking;
    return () => {
      stop();
      clearInterval(timer);
    };
  });
}
