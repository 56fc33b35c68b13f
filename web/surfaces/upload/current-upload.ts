import { useSyncExternalStore } from 'react';
import type { Upload } from '../../../contract/uploads.ts';
import type { Video } from '../../../contract/videos.ts';
import { api, streams } from '../../api.ts';
import { problemCode } from '../../problem.ts';
import { instance } from '../../session.ts';
import { createStore } from '../../store.ts';
import { type Draft, draftOf, dropDraft, emptyDraft, keepDraft } from './draft.ts';
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
  /** What the server says of it, live. */
  upload: Upload | null;
  draft: Draft;
  draftKept: boolean;
  /** no → wished (bytes are still on their way) → sending → done */
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

export function useCurrentUpload(): CurrentUpload | null {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

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
    change({ problem: refusal });
    return;
  }
  send();
}

function send() {
  if (!file) return;
  transfer = startTransfer(file, heardOfTransfer, (uploadId, resumed) => {
    const typed = store.get()?.draft ?? begun;
    // The words of an earlier try at the same file; what came with the file is told by who made it.
    const kept = draftOf(uploadId);
    const draft = typed === begun && kept ? { ...kept, ...given } : typed;
    change({ uploadId, resumed, draft, draftKept: keepDraft(uploadId, draft) });
  });
}

/** Sending was stopped by a refusal that may have passed: go on from the last byte that is safe. */
export function sendAgain(): void {
  change({ problem: null });
  send();
}

/** An upload from before, whose bytes are all on the server. */
export function continueUpload(upload: Upload): void {
  leaveCurrent();
  store.set({
    ...nothing,
    fileName: upload.fileName,
    uploadId: upload.id,
    upload,
    draft: draftOf(upload.id) ?? emptyDraft,
  });
  followUpload(upload.id);
}

export function changeDraft(part: Partial<Draft>): void {
  const now = store.get();
  if (!now) return;
  const draft = { ...now.draft, ...part };
  change({ draft, draftKept: now.uploadId ? keepDraft(now.uploadId, draft) : now.draftKept });
}

export async function chooseCover(atMs: number): Promise<void> {
  const id = store.get()?.uploadId;
  if (id) change({ upload: await api.chooseCover(id, atMs) });
}

/** Publish as soon as it can be: at once when all bytes are there, else when the last one has arrived. */
export async function publish(): Promise<void> {
  const now = store.get();
  if (!now?.uploadId || now.publishing === 'sending') return;
  if (now.transfer && now.transfer.phase !== 'sent') {
    change({ publishing: 'wished', problem: null });
    if (now.transfer.phase === 'stopped') send();
    return;
  }
  change({ publishing: 'sending', problem: null });
  const { draft, uploadId } = now;
  try {
    const video = await api.publishVideo({
      uploadId: uploadId as Upload['id'],
      caption: draft.caption,
      topics: draft.topics,
      audience: draft.audience,
      disclosure: { advertising: draft.advertising, aiMade: draft.aiMade },
      soundTitle: draft.soundTitle.trim() || null,
      publishAt: draft.publishAt,
      cues: draft.cues,
      credit: draft.credit,
      allowed: draft.allowed,
      template: draft.template,
    });
    change({ publishing: 'done', video });
    dropDraft(uploadId);
    if (video.status === 'processing') followVideo(video.id);
  } catch (error) {
    change({ publishing: 'no', problem: problemCode(error) });
  }
}

export function takeBackPublish(): void {
  if (store.get()?.publishing === 'wished') change({ publishing: 'no' });
}

/** Stop and throw away, here and on the server. */
export async function discardCurrent(): Promise<void> {
  const id = store.get()?.uploadId ?? null;
  await transfer?.stop(false);
  transfer = null;
  if (id) {
    await api.discardUpload(id);
    dropDraft(id);
  }
  leaveCurrent();
}

/** Make room for the next one; what is on the server stays there, in the list. */
export function leaveCurrent(): void {
  void transfer?.stop(false);
  transfer = null;
  stream?.close();
  stream = null;
  file = null;
  const url = store.get()?.previewUrl;
  if (url) URL.revokeObjectURL(url);
  store.set(null);
}

function heardOfTransfer(state: TransferState) {
  const now = store.get();
  if (!now) return;
  change({
    transfer: state,
    ...(state.phase === 'stopped' ? { problem: state.code, publishing: 'no' as const } : {}),
  });
  if (state.phase !== 'sent' || !now.uploadId) return;
  followUpload(now.uploadId);
  if (now.publishing === 'wished') void publish();
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
  // Text and bytes already sent are kept. What leaving would stop is the sending itself, so only then it asks.
  window.addEventListener('beforeunload', (event) => {
    const now = store.get();
    const sending = now?.transfer && (now.transfer.phase === 'sending' || now.transfer.phase === 'waiting');
    if (sending || now?.publishing === 'sending' || (now && !now.draftKept && now.publishing !== 'done')) {
      event.preventDefault();
    }
  });
}
