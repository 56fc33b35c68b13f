import { useSyncExternalStore } from 'react';
import type { SoundId } from '../../../contract/ids.ts';
import type { Upload } from '../../../contract/uploads.ts';
import type { Video } from '../../../contract/videos.ts';
import { api, streams } from '../../api.ts';
import { problemCode } from '../../problem.ts';
import { instance, session } from '../../session.ts';
import { createStore } from '../../store.ts';
import { type KeptLine, keptLines, uploading } from '../../uploading.ts';
import { goOn, stopSending } from './background.ts';
import { checksBefore } from './checks.rules.ts';
import { type Draft, draftOf, dropDraft, emptyDraft, keepDraft } from './draft.ts';
import { aloneWith, dropFile, keepFile, keptFile } from './kept-files.ts';
import { notePublished } from './published-drafts.ts';
import { refusedBeforehand } from './refusal.rules.ts';
import { startTransfer, type Transfer, type TransferState } from './transfer.ts';

/**
 * The one upload this tab is working on: its bytes, what the server makes of them, its text, its publishing. Lives
 * beside the pages, so that looking at the feed meanwhile stops nothing. Never says "published" before the server has.
 */
export type CurrentUpload = {
  fileName: string | null;
  /** The file itself, to look at while it travels; null when the upload began on another day or device. */
  previewUrl: string | null;
  uploadId: string | null;
  resumed: boolean;
  transfer: TransferState | null;
  /** A copy is on this device: it goes on after the page was closed. Null: not known yet. */
  kept: boolean | null;
  /** What the server says of it, live. */
  upload: Upload | null;
  draft: Draft;
  draftKept: boolean;
  /**
   * no → sending → done: from then on the server publishes by itself when it has the last byte. wished: pressed before
   * the server knew of the upload; it is sent when it does.
   */
  publishing: 'no' | 'wished' | 'sending' | 'done';
  video: Video | null;
  problem: string | null;
};

const nothing: CurrentUpload = {
  fileName: null,
  previewUrl: null,
  uploadId: null,
  resumed: false,
  transfer: null,
  kept: null,
  upload: null,
  draft: emptyDraft,
  draftKept: true,
  publishing: 'no',
  video: null,
  problem: null,
};

const store = createStore<CurrentUpload | null>(null);
let file: File | null = null;
/** The draft before anything was typed: with what the studio knows of it. */
let begun: Draft = emptyDraft;
let given: Partial<Draft> = {};
let transfer: Transfer | null = null;
let stream: EventSource | null = null;
/** Ends what belongs to the upload at hand: its copying, and its turn among the tabs. */
let leaving = new AbortController();
let letGo: (() => void) | null = null;

export function useCurrentUpload(): CurrentUpload | null {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

/** The file as it was chosen or made; null when the upload began on another day or device. */
export const fileAtHand = () => file;

function change(part: Partial<CurrentUpload>) {
  const now = store.get();
  if (now) store.set({ ...now, ...part });
}

/**
 * A file was chosen: look at it, then send it, unless it is known already that it will be refused. `part` is what is
 * known of its words, such as whose video it was made with; it is kept with them over a reload.
 */
export async function beginUpload(chosen: File, part: Partial<Draft> | null = null): Promise<void> {
  leaveCurrent();
  file = chosen;
  given = part ?? {};
  begun = { ...emptyDraft, ...given };
  const previewUrl = URL.createObjectURL(chosen);
  const mine: CurrentUpload = { ...nothing, fileName: chosen.name, previewUrl, draft: begun };
  store.set(mine);
  const durationMs = await durationOf(previewUrl);
  if (store.get()?.previewUrl !== previewUrl) return; // Another file was chosen meanwhile.
  const limits = instance.get()?.limits ?? null;
  const refusal = refusedBeforehand({ size: chosen.size, type: chosen.type, durationMs }, limits);
  if (refusal) {
    change({ problem: refusal, publishing: 'no' });
    return;
  }
  send(null);
}

function send(goOnWith: Parameters<typeof startTransfer>[3]) {
  if (!file) return;
  uploading.set(true);
  transfer = startTransfer(
    file,
    heardOfTransfer,
    (uploadId, resumed) => {
      const typed = store.get()?.draft ?? begun;
      // The words of an earlier try at the same file; what came with the file is told by who made it.
      const earlier = draftOf(uploadId);
      const draft = typed === begun && earlier ? { ...earlier, ...given } : typed;
      const isNew = store.get()?.uploadId !== uploadId;
      change({ uploadId, resumed, draft, draftKept: keepDraft(uploadId, draft) });
      if (isNew) void keep(uploadId);
      if (store.get()?.publishing === 'wished') void grantWish(draft);
    },
    goOnWith,
  );
}

/** While its bytes travel, a copy for the day the page is closed. */
async function keep(uploadId: string): Promise<void> {
  const { signal } = leaving;
  const accountId = session.get()?.me?.id;
  const chosen = file;
  if (!chosen || !accountId) return;
  // Chosen again while it went on by itself: this page sends it now.
  await stopSending(uploadId);
  void aloneWith(uploadId, signal).then((release) => {
    if (signal.aborted) release?.();
    else letGo = release;
  });
  const line: KeptLine = { uploadId, accountId, name: chosen.name, type: chosen.type, size: chosen.size };
  const known = keptLines().some((one) => one.uploadId === uploadId);
  const kept = known || (await keepFile(line, chosen, signal).catch(() => false));
  if (signal.aborted || store.get()?.uploadId !== uploadId) return;
  change({ kept });
  // It was quicker than its copy.
  if (store.get()?.transfer?.phase === 'sent') await dropFile(uploadId);
}

/** Sending was stopped by a refusal that may have passed: go on from the last byte that is safe. */
export function sendAgain(): void {
  const now = store.get();
  change({ problem: null });
  send(now?.uploadId ? { uploadId: now.uploadId, sent: now.transfer?.sent ?? 0 } : null);
}

/**
 * An upload from before, or of a file that the server made: its bytes are all on the server, or go on from the copy on
 * this device. `part` is what is known of its words, as above.
 */
export async function continueUpload(upload: Upload, part: Partial<Draft> = {}): Promise<void> {
  leaveCurrent();
  begun = emptyDraft;
  given = part;
  const line = keptLines().find(({ uploadId }) => uploadId === upload.id);
  await stopSending(upload.id);
  const copy = line && upload.state === 'receiving' ? await keptFile(line) : null;
  file = copy;
  const draft = { ...(draftOf(upload.id) ?? emptyDraft), ...given };
  store.set({
    ...nothing,
    fileName: upload.fileName,
    previewUrl: copy && URL.createObjectURL(copy),
    uploadId: upload.id,
    kept: copy !== null,
    upload,
    draft,
    draftKept: Object.keys(given).length === 0 || keepDraft(upload.id, draft),
  });
  if (copy) {
    const { signal } = leaving;
    // Another tab may be sending it; then this one looks on, and takes over when that is closed.
    followUpload(upload.id);
    letGo = await aloneWith(upload.id, signal);
    if (!signal.aborted) send({ uploadId: upload.id, sent: upload.bytesReceived });
  } else followUpload(upload.id);
}

export function changeDraft(part: Partial<Draft>): void {
  const now = store.get();
  if (!now) return;
  const draft = { ...now.draft, ...part };
  change({ draft, draftKept: now.uploadId ? keepDraft(now.uploadId, draft) : now.draftKept });
}

/** Another sound than that of the file, or none; a refusal because of the one it had has passed. */
export function replaceSound(soundId: SoundId | null): void {
  const now = store.get();
  if (!now) return;
  if (now.problem === 'sound_not_usable') change({ problem: null });
  const soundBefore = now.draft.replaceSound ? now.draft.soundBefore : now.draft.soundId;
  changeDraft({ soundId, replaceSound: true, soundBefore });
}

/** What is heard in the file is heard after all. */
export function keepOwnSound(): void {
  changeDraft({ soundId: null, replaceSound: false });
}

export async function chooseCover(atMs: number): Promise<void> {
  const id = store.get()?.uploadId;
  if (id) change({ upload: await api.chooseCover(id, atMs) });
}

/** At once, also while bytes still come: the server has the words and the wish, and goes on when it has the rest. */
export async function publish(): Promise<void> {
  const now = store.get();
  if (now?.publishing !== 'no') return;
  const { draft, uploadId } = now;
  change({ publishing: uploadId ? 'sending' : 'wished', problem: null });
  if (now.transfer?.phase === 'stopped') sendAgain();
  if (!uploadId) return;
  const { signal } = leaving;
  for (;;) {
    try {
      const video = await api.publishVideo({
        uploadId: uploadId as Upload['id'],
        caption: draft.caption,
        topics: draft.topics,
        audience: draft.audience,
        disclosure: { advertising: draft.advertising, aiMade: draft.aiMade },
        soundTitle: draft.soundTitle.trim() || null,
        soundId: draft.soundId,
        replaceSound: draft.replaceSound,
        publishAt: draft.publishAt,
        language: draft.language,
        cues: draft.cues,
        pictureTexts: draft.pictureTexts,
        credit: draft.credit,
        allowed: draft.allowed,
        commentsFrom: draft.commentsFrom,
        template: draft.template,
      });
      dropDraft(uploadId);
      if (draft.studioDraft) notePublished(draft.studioDraft, Date.now());
      if (signal.aborted) return;
      change({ publishing: 'done', video });
      if (video.status === 'processing') followVideo(video.id);
      return;
    } catch (error) {
      if (signal.aborted) return;
      const problem = problemCode(error);
      if (problem !== 'offline') return change({ publishing: 'no', problem });
      // In a tunnel: pressed once is enough.
      await lineAgain(signal);
      if (signal.aborted) return;
    }
  }
}

/** What was changed since the wish may speak against it; then its creator is asked, and sees why. */
function grantWish(draft: Draft): Promise<void> | undefined {
  change({ publishing: 'no' });
  const most = instance.get()?.limits.captionLength ?? Number.POSITIVE_INFINITY;
  const checks = checksBefore({ draft, upload: null }, most, Date.now());
  return checks.some(({ level }) => level === 'blocking') ? undefined : publish();
}

/** Not yet, after all. */
export function takeBackWish(): void {
  if (store.get()?.publishing === 'wished') change({ publishing: 'no' });
}

const knockMs = 5000;
/** When the browser says so, and now and then all the same: it does not know every line. */
function lineAgain(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      done();
    };
    const timer = setTimeout(end, knockMs);
    addEventListener('online', end);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Before it is out: it stays with its author as a draft. Throws ApiProblem. */
export async function keepBack(): Promise<void> {
  const video = store.get()?.video;
  if (video) change({ video: await api.scheduleVideo(video.id, null) });
}

/** Stop and throw away, here and on the server. */
export async function discardCurrent(): Promise<void> {
  const id = store.get()?.uploadId ?? null;
  await transfer?.stop(false);
  transfer = null;
  if (id) {
    await api.discardUpload(id);
    await dropFile(id);
    dropDraft(id);
  }
  leaveCurrent();
}

/** Make room for the next one; bytes that are on their way go on by themselves, what is on the server stays there. */
export function leaveCurrent(): void {
  const now = store.get();
  const underWay = now?.transfer != null && now.transfer.phase !== 'sent';
  const line = underWay && now.kept ? keptLines().find((one) => one.uploadId === now.uploadId) : undefined;
  const stopped = transfer?.stop(false);
  transfer = null;
  leaving.abort();
  leaving = new AbortController();
  const release = letGo;
  letGo = null;
  void Promise.resolve(stopped).then(() => {
    release?.();
    if (line) goOn(line);
    else if (keptLines().length === 0) uploading.set(false);
  });
  stream?.close();
  stream = null;
  file = null;
  if (now?.previewUrl) URL.revokeObjectURL(now.previewUrl);
  store.set(null);
}

function heardOfTransfer(state: TransferState) {
  const now = store.get();
  if (!now) return;
  change({ transfer: state, ...(state.phase === 'stopped' ? { problem: state.code } : {}) });
  // What has not begun stops with its wish; it can be pressed again.
  if (state.phase === 'stopped') takeBackWish();
  if (state.phase !== 'sent' || !now.uploadId) return;
  void dropFile(now.uploadId);
  uploading.set(keptLines().length > 0);
  followUpload(now.uploadId);
}

function followUpload(id: string) {
  stream?.close();
  stream = new EventSource(streams.upload(id));
  stream.addEventListener('upload', (event) => {
    const upload = JSON.parse((event as MessageEvent<string>).data) as Upload;
    if (store.get()?.uploadId !== id) return;
    change({ upload, ...(upload.refusal ? { problem: upload.refusal.code } : {}) });
    if (upload.state === 'ready' || upload.state === 'refused') stream?.close();
  });
}

function followVideo(id: string) {
  const events = new EventSource(streams.video(id));
  events.addEventListener('video', (event) => {
    const video = JSON.parse((event as MessageEvent<string>).data) as Video;
    if (store.get()?.video?.id !== id) {
      events.close();
      return;
    }
    change({ video, ...(video.refusal ? { problem: video.refusal.code } : {}) });
    if (video.status !== 'processing') events.close();
  });
}

/** As far as this browser can tell, within a moment; null when it cannot play the file (the server may well). */
function durationOf(url: string): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const video = document.createElement('video');
  video.preload = 'metadata';
  video.muted = true;
  video.onloadedmetadata = () => resolve(Number.isFinite(video.duration) ? video.duration * 1000 : null);
  video.onerror = () => resolve(null);
  setTimeout(() => resolve(null), 1500);
  video.src = url;
  return promise;
}

if (typeof window !== 'undefined') {
  // Text, bytes already sent and a kept copy survive. It asks only when leaving would stop what nothing goes on with.
  window.addEventListener('beforeunload', (event) => {
    const now = store.get();
    const phase = now?.transfer?.phase;
    const sending = (phase === 'sending' || phase === 'waiting') && !now?.kept;
    const publishing = now?.publishing === 'wished' || now?.publishing === 'sending';
    if (sending || publishing || (now && !now.draftKept && now.publishing !== 'done')) {
      event.preventDefault();
    }
  });
}
