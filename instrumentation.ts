/** Runs once when a server process starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (process.env.NODE_ENV === "production") {
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
