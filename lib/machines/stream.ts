/** Answers with a long text piece by piece: however many products there are, a batch of them is in memory. */

/**
 * The first piece is awaited, so that a failure still answers with its status; a later one breaks the transfer off,
 * which no reader takes for a whole file. Null: there is not even a first one.
 */
export async function streamed(
  pieces: AsyncGenerator<string>,
  contentType: string,
): Promise<Response | null> {
  const encoder = new TextEncoder();
  const first = await pieces.next();
  if (first.done) return null;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(first.value));
    },
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, { headers: headersOf(contentType) });
}

const running = new Map<string, number>();

/**
 * The same pieces, for at most `most` readers of `name` at once; null for whoever comes then. A place is free again
 * when its reader has all of it or has gone.
 */
export function forFew<T>(name: string, most: number, pieces: AsyncGenerator<T>): AsyncGenerator<T> | null {
  if ((running.get(name) ?? 0) >= most) return null;
  return (async function* () {
    running.set(name, (running.get(name) ?? 0) + 1);
    try {
      yield* pieces;
    } finally {
      running.set(name, (running.get(name) ?? 1) - 1);
    }
  })();
}

/** Others are being answered; `seconds` says when to ask again. */
export const busy = (seconds: number): Response =>
  new Response("Busy\n", {
    status: 503,
    headers: { "cache-control": "no-store", "retry-after": String(seconds) },
  });

// An hour for caches on the way: what a machine reads may be that old.
const headersOf = (contentType: string) => ({
  "cache-control": "public, max-age=600, s-maxage=3600, stale-while-revalidate=86400",
  "content-type": contentType,
  "x-content-type-options": "nosniff",
});

/** A text that is there as a whole. */
export const told = (text: string, contentType: string): Response =>
  new Response(text, { headers: headersOf(contentType) });

/** Nothing is there; it may be tomorrow. */
export const missing = (): Response =>
  new Response("Not found\n", {
    status: 404,
    headers: { "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" },
  });

/** It stands elsewhere for good. `path` from "/" on. */
export const movedTo = (path: string): Response =>
  new Response(null, { status: 308, headers: { location: path } });

/** It is not shown for now; what is nearest to it stands at `path`. */
export const nearestIs = (path: string): Response =>
  new Response(null, { status: 307, headers: { "cache-control": "no-store", location: path } });
