/** What a domain's file in lib/jobs exports: its handlers, and what it wants done regularly. */
import type { JobHelpers } from "graphile-worker";
import type { JobName, Jobs } from "@/lib/queue";

/** Runs one job. Throwing means "try again later"; it may run twice, so it must be idempotent. */
export type Handler<J extends JobName> = (
  payload: Jobs[J],
  about: Pick<JobHelpers, "job" | "abortSignal">,
) => Promise<void>;

/** Handlers by job name. */
export type Handlers = { [J in JobName]?: Handler<J> };

/** A job that time starts: `match` is a crontab pattern in UTC ("0 3 * * *"), missed runs are not made up for. */
export type Regular = { [J in JobName]: { job: J; match: string; payload: Jobs[J] } }[JobName];
