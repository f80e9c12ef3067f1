/** The job runner inside the web server, for `next start` on its own; `npm start` runs a separate process. */
import { log } from "@/lib/log";
import { drain, isDraining } from "@/lib/running/drain.mjs";
import { LEFTOVER_MINUTES, unlockLeftovers } from "./leftovers";
import { startWorker } from "./worker";

const RETRY_MS = 1_000;

/** Starts the runner and keeps it running: a database that is away for a while must not end background work for good. */
export async function startWorkerInline(connectionString: string): Promise<void> {
  try {
    await unlockLeftovers(LEFTOVER_MINUTES);
    const runner = await startWorker(connectionString);
    const end = () => runner.stop().catch(() => {});
    drain().work.add(end);
    runner.promise.catch((error: unknown) => {
      drain().work.delete(end);
      if (isDraining()) return;
      log.error("The inline job worker stopped.", { error });
      again(connectionString);
    });
  } catch (error) {
    log.error("The inline job worker did not start.", { error });
    again(connectionString);
  }
}

function again(connectionString: string): void {
  setTimeout(() => void startWorkerInline(connectionString), RETRY_MS).unref();
}
