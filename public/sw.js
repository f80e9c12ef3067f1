// Shows the offline page where a page cannot be reached. It keeps nothing else: no pages, no pictures, nothing personal.
const CACHE = "offline-2";
const PAGE = "/offline.html";

self.addEventListener("install", (event) => {
  // What is no page goes past this worker, where the browser knows how.
  event.addRoutes?.({ condition: { not: { requestMode: "navigate" } }, source: "network" });
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(new Request(PAGE, { cache: "reload" }))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
      // The request leaves while this worker still starts, so that no page is later for it.
      await self.registration.navigationPreload?.enable();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode !== "navigate" || request.method !== "GET") return;
  event.respondWith(
    (async () => {
      try {
        return (await event.preloadResponse) ?? (await fetch(request));
      } catch (error) {
        const page = await caches.match(PAGE);
        if (page) return page;
        throw error;
      }
    })(),
  );
});
