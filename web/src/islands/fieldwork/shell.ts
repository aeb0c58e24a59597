/* The page keeps itself: its own address and every file it was made of, in one cache. */
import type { FieldworkProps } from "../../props";

const SHELL = "anlan-fieldwork";
const SETTLED_MS = 1_500;

/** Register the worker, then keep the page once everything it needs has been fetched. */
export async function keepShell(props: FieldworkProps): Promise<void> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register(props.worker, { scope: props.page });
  await new Promise((done) => setTimeout(done, SETTLED_MS));
  const used = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const files = new Set(used.filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/")).map((url) => url.pathname));
  const cache = await caches.open(SHELL);
  const page = await fetch(props.page, { redirect: "manual" });
  if (!page.ok) return;
  await cache.put(props.page, page);
  const kept = await Promise.all([...files].map((path) => keep(cache, path)));
  if (!kept.every(Boolean)) return;
  // What an earlier version of the page was made of is in nobody's way any more.
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== props.page && !files.has(pathname)) await cache.delete(request);
  }
  document.documentElement.dataset.kept = "yes";
}

async function keep(cache: Cache, path: string): Promise<boolean> {
  if (await cache.match(path)) return true;
  const answer = await fetch(path);
  if (answer.ok) await cache.put(path, answer);
  return answer.ok;
}
