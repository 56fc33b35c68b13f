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
