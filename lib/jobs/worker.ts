/** The job runner: started by `npm start` as its own process, or inside the server when WORKER=inline. */
import { pathToFileURL } from "node:url";
import { Logger, parseCronItems, type Runner, run, runOnce, type TaskList } from "graphile-worker";
import { type ErrorCode, isShopError } from "@/lib/domain/errors";
import { requireEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { untraced } from "@/lib/queue";
import { type Note, notes } from "@/lib/running/notes.mjs";
import { flushTraces, span } from "@/lib/running/trace.mjs";
import { unlockLeftovers } from "./leftovers";
import { handlers, regulars } from "./tasks";

/** `mayFail`: a refusal that whoever runs the jobs has ordered, and that is no news to the log. */
const loggerOf = (mayFail?: ErrorCode) =>
  new Logger((scope) => (level, message, meta) => {
    const isOrdered = mayFail !== undefined && isShopError(meta?.error, mayFail);
    const at = isOrdered ? "debug" : level === "warning" ? "warn" : level === "error" ? "error" : "debug";
    log[at](message, { job: scope.taskIdentifier, jobId: scope.jobId, error: meta?.error });
  });
const logger = loggerOf();

/** Starts working off jobs until `stop()`; jobs that run are finished first. Throws when the database is not there. */
export async function startWorker(connectionString: string, concurrency = 3): Promise<Runner> {
  return run({
    connectionString,
    concurrency,
    logger,
    noHandleSignals: true,
    // Without them the queue is told of a finished job in a promise that nobody waits for: a worker that stops in that
    // moment would leave the job locked, to run once more. These are waited for, and tried again.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    // A fresh job is told by NOTIFY at once; polling is for those whose time has come.
    pollInterval: 1_000,
    taskList: taskList(),
    parsedCronItems: parseCronItems(
      regulars.map(({ job, match, payload }) => ({
        task: job,
        match,
        payload,
        options: { backfillPeriod: 0 },
      })),
    ),
  });
}

/**
 * Runs every job that is due, and those they enqueue, then returns. For tests and scripts; jobs that fail with
 * `mayFail` are not logged as errors.
 */
export async function runJobsOnce(connectionString: string, mayFail?: ErrorCode): Promise<void> {
  const told = { logger: mayFail ? loggerOf(mayFail) : logger, noHandleSignals: true, taskList: taskList() };
  await runOnce({ connectionString, concurrency: 1, ...told });
}

function taskList(): TaskList {
  const list: TaskList = {};
  for (const [name, handler] of Object.entries(handlers)) {
    // The payload is what `enqueue` accepted for this name, so the type holds; the queue itself cannot know it.
    list[name] = (given, helpers) => {
      const { payload, trace } = untraced(given);
      return notes.run(noteOf(name, helpers.job.id, payload), () =>
        span(`job ${name}`, { kind: "consumer", parent: trace }, () =>
          (handler as (p: unknown, h: typeof helpers) => Promise<void>)(payload, helpers),
        ),
      );
    };
  }
  return list;
}

/** What the job's log lines say of it. */
function noteOf(job: string, jobId: string, payload: unknown): Note {
  const { orderId } = (payload ?? {}) as { orderId?: unknown };
  return { database: false, job, jobId, ...(typeof orderId === "string" ? { order: orderId } : {}) };
}

/** Milliseconds that jobs get to finish when the process is stopped. */
const PATIENCE_MS = 25_000;
/** Milliseconds between two tries to begin, while the database is away. */
const AGAIN_MS = 1_000;

async function main(): Promise<void> {
  const url = requireEnv("DATABASE_URL");
  let runner: Runner | undefined;
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      isStopping = true;
      // A job that does not end is cut off: it is tried again by whoever frees it (leftovers.ts).
      setTimeout(() => {
        log.error("The job worker stopped before its jobs were done.");
        process.exit(1);
      }, PATIENCE_MS).unref();
      void runner?.stop().catch(() => process.exit(1));
    });
  }
  while (!isStopping) {
    try {
      await unlockLeftovers(0);
      runner = await startWorker(url);
      log.info("The job worker runs.");
      await runner.promise;
    } catch (error) {
      log.error("The job worker lost its database and begins again.", { error });
      await new Promise((next) => setTimeout(next, AGAIN_MS));
    }
  }
  await flushTraces();
  process.exit(0);
}

const entry = process.argv[1];
if (entry && import.meta.url === pathToFileURL(entry).href) {
  // The queue reports a finished job in a promise of its own. Where the database is gone by then, only a fresh start
  // frees that job; the launcher starts this process again.
  process.on("unhandledRejection", (error) => {
    log.error("The job worker lost its database.", { error });
    process.exit(1);
  });
  main().catch((error: unknown) => {
    log.error("The job worker stopped.", { error });
    process.exit(1);
  });
}
