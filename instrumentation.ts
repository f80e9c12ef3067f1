import type { Instrumentation } from "next";
import { notes } from "./lib/running/notes.mjs";

/** Runs once when a server process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (process.env.NODE_ENV === "production") {
    // A shopper hears soon that it is full; a job on another process waits longer.
    process.env.DATABASE_WAIT_MS ??= "2000";
    const { requireSafe } = await import("./lib/start-checks");
    requireSafe();
    const { warmShop } = await import("./lib/warm");
    // Nobody waits for it: the server listens only after this function.
    void warmShop();
  }
  if ((process.env.WORKER || "inline") === "inline" && process.env.DATABASE_URL) {
    const { startWorkerInline } = await import("./lib/jobs/inline");
    await startWorkerInline(process.env.DATABASE_URL);
  }
}

/** An error that no code of ours caught: Next answers it with a number, which stands in its line beside the request's name. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const note = notes.getStore();
  // Actions throw nothing but redirects (lib/action.ts): what fails before one began is the form that names it.
  const isNoCall = request.method === "POST" && context.routeType !== "route" && !note?.acts;
  if (note && (isNoCall || isUnreadable(error))) {
    // The sender's fault: it is answered by lib/csp/guard.mjs and no news.
    note.unreadable = true;
    return;
  }
  const { log } = await import("./lib/log");
  const { digest } = error as { digest?: string };
  // The path without its query, which may hold what somebody typed or a key.
  const path = request.path.split("?", 1)[0];
  log.error("a request failed", { method: request.method, path, route: context.routePath, digest, error });
};

/** A body that Node or Next takes for a form and cannot read. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    /^Failed to parse body as FormData|Content-Type was not one of/.test(error.message)
  );
}
