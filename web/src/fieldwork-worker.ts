/* Stands before /fieldwork so that it opens without a signal: the page and the files it was made of
   come from the cache that the page itself fills (islands/fieldwork/shell.ts). It stores nothing, and imports nothing: it is served
   from another address than its file. */
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Starting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Worker extends EventTarget {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const PATIENCE_MS = 4_000;
const worker = self as unknown as Worker;

async function page(request: Request): Promise<Response> {
  const kept = await caches.match(new URL(request.url).pathname);
  if (!kept) return fetch(request);
  const patience = new Promise<Response>((done) => setTimeout(() => done(kept), PATIENCE_MS));
  return Promise.race([fetch(request), patience]).catch(() => kept);
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

worker.addEventListener("install", (event) => (event as Starting).waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => (event as Starting).waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") (event as Fetching).respondWith(page(request));
  else if (pathname.startsWith("/static/")) (event as Fetching).respondWith(file(request));
});
