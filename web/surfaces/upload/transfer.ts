import type { DetailedError, Upload as TusUpload } from 'tus-js-client';
import { streams } from '../../api.ts';

/**
 * The bytes of one file on their way to the server, in pieces, resumable. Says what is true: how many bytes have gone,
 * whether it waits for the network, why it stopped. Goes on by itself when the network is back; picks up an earlier,
 * unfinished upload of the same file. Knows nothing of captions and pages.
 */
export type TransferState =
  | { phase: 'sending'; sent: number; total: number }
  | { phase: 'waiting'; sent: number; total: number }
  | { phase: 'sent'; sent: number; total: number }
  | { phase: 'stopped'; sent: number; total: number; code: string };

const pieceBytes = 5 * 1024 * 1024; // Small enough for a train ride, large enough to fill a line.
const retryDelaysMs = [0, 1000, 3000, 5000];
const knockMs = 8000; // After the quick retries: ask again this often, until the network is back.

export type Transfer = { stop: (alsoThere: boolean) => Promise<void> };

type Tell = (state: TransferState) => void;
type TellId = (uploadId: string, resumed: boolean) => void;
/** Goes on with this upload, and never begins another; null: looks for an earlier one of the same file. */
type GoOnWith = { uploadId: string; sent: number } | null;

/** What sends comes when there is something to send: who opens the studio or looks at a list need not wait for it. */
const loadTus = async () => (await import('tus-js-client')).Upload;
/** Ahead of the first file, so that a line that goes away then stops nothing. */
export const warmTransfer = () => void loadTus().catch(() => {});

export function startTransfer(file: File, tell: Tell, tellId: TellId, goOnWith: GoOnWith = null): Transfer {
  let stopped = false;
  let begun: Transfer | null = null;
  let knock: ReturnType<typeof setTimeout> | undefined;
  const [sent, total] = [goOnWith?.sent ?? 0, file.size];
  const begin = () => {
    clearTimeout(knock);
    loadTus().then(
      (Upload) => {
        if (!stopped && !begun) begun = sendBy(Upload, file, tell, tellId, goOnWith);
      },
      () => {
        if (stopped) return;
        tell({ phase: 'waiting', sent, total });
        knock = setTimeout(begin, knockMs);
      },
    );
  };
  tell({ phase: 'sending', sent, total });
  begin();
  return {
    async stop(alsoThere) {
      stopped = true;
      clearTimeout(knock);
      await begun?.stop(alsoThere);
    },
  };
}

function sendBy(
  Upload: typeof TusUpload,
  file: File,
  tell: Tell,
  tellId: TellId,
  goOnWith: GoOnWith,
): Transfer {
  let sent = goOnWith?.sent ?? 0;
  let stopped = false;
  let resumed = false;
  let knock: ReturnType<typeof setTimeout> | undefined;
  const total = file.size;

  const upload = new Upload(file, {
    // Without an endpoint an upload that is gone is an error, not a reason for a new one.
    ...(goOnWith
      ? { uploadUrl: `${streams.tus}/${encodeURIComponent(goOnWith.uploadId)}` }
      : { endpoint: streams.tus }),
    chunkSize: pieceBytes,
    retryDelays: retryDelaysMs,
    storeFingerprintForResuming: !goOnWith,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, ...(file.type ? { filetype: file.type } : {}) },
    onUploadUrlAvailable() {
      const id = upload.url?.split('/').pop();
      if (id) tellId(decodeURIComponent(id), resumed);
    },
    onProgress(bytes) {
      sent = bytes;
      if (!stopped) tell({ phase: 'sending', sent, total });
    },
    onShouldRetry: (error) => worthAnotherTry(error),
    onError(error) {
      if (stopped) return;
      const failure = error as DetailedError;
      if (worthAnotherTry(failure)) wait();
      else tell({ phase: 'stopped', sent, total, code: codeOf(failure) });
    },
    onSuccess() {
      window.removeEventListener('online', goOn);
      window.removeEventListener('offline', away);
      tell({ phase: 'sent', sent: total, total });
    },
  });

  function wait() {
    tell({ phase: 'waiting', sent, total });
    clearTimeout(knock);
    knock = setTimeout(goOn, knockMs);
  }
  function goOn() {
    clearTimeout(knock);
    if (!stopped && knock !== undefined) upload.start();
    knock = undefined;
  }
  /** Said when the browser knows it, not when the last quick try has failed. */
  function away() {
    if (!stopped) tell({ phase: 'waiting', sent, total });
  }
  window.addEventListener('online', goOn);
  window.addEventListener('offline', away);

  if (goOnWith) {
    resumed = true;
    upload.start();
  } else
    void upload.findPreviousUploads().then((earlier) => {
      if (stopped) return;
      const [latest] = earlier.toSorted((a, b) => b.creationTime.localeCompare(a.creationTime));
      if (latest) {
        resumed = true;
        upload.resumeFromPreviousUpload(latest);
      }
      upload.start();
    });
  tell({ phase: navigator.onLine ? 'sending' : 'waiting', sent, total });

  return {
    async stop(alsoThere) {
      stopped = true;
      clearTimeout(knock);
      window.removeEventListener('offline', away);
      window.removeEventListener('online', goOn);
      try {
        await upload.abort(alsoThere);
      } catch {
        // The server cannot be reached: it forgets unfinished uploads by itself.
      }
    },
  };
}

/** No answer, or one that says "later": the same bytes may well pass the next time. */
function worthAnotherTry(error: DetailedError): boolean {
  const status = error.originalResponse?.getStatus() ?? 0;
  return (
    status === 0 || status === 409 || status === 423 || status === 429 || (status >= 500 && status !== 507)
  );
}

function codeOf(error: DetailedError): string {
  const response = error.originalResponse;
  if (!response) return 'offline';
  try {
    const { code } = JSON.parse(response.getBody()) as { code?: unknown };
    if (typeof code === 'string') return code;
  } catch {
    // An answer that is not ours (a proxy's page): the status has to say it.
  }
  const status = response.getStatus();
  return status === 413
    ? 'too_large'
    : status === 404 || status === 410
      ? 'not_found'
      : status === 507
        ? 'disk_full'
        : status === 401
          ? 'not_signed_in'
          : 'internal';
}
