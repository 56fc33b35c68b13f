/// <reference lib="webworker" />
/**
 * Keeps the shell for when there is no line: the app's own hashed files and an empty page, nothing else.
 * It never touches /api or /media (answers to a viewer and byte ranges are not its business), and a page that can be
 * fetched is always fetched, because the server's page brings the first video.
 * `__KINORA_SHELL__` is replaced at build time by the list of files; a new list is a new version.
 */
declare const __KINORA_SHELL__: { version: string; files: string[] };
const worker = self as unknown as ServiceWorkerGlobalScope;
const shellPage = '/shell.html';
const cacheName = `kinora-shell-${__KINORA_SHELL__.version}`;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      await cache.addAll([shellPage, ...__KINORA_SHELL__.files]);
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('kinora-shell-') && name !== cacheName) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await caches.match(shellPage)) ?? Response.error()));
  } else if (__KINORA_SHELL__.files.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
  }
});
