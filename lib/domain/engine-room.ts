/** The engine room of the back office: which events of the gateway and which jobs its lists show. */
import type { Direction } from "./back-office";

export const webhookViews = ["all", "failed", "done", "ignored"] as const;
export type WebhookView = (typeof webhookViews)[number];

export const webhookViewLabel: Record<WebhookView, string> = {
  all: "All",
  failed: "Failed",
  done: "Took effect",
  ignored: "Ignored",
};

/** By when it came alone: the log grows with every payment, and nobody reads millions of events by their name. */
export const webhookSorts = ["when"] as const;
export type WebhookSort = (typeof webhookSorts)[number];

export const webhookDirection: Record<WebhookSort, Direction> = { when: "desc" };

export const jobViews = ["all", "failed", "retrying", "running", "waiting"] as const;
export type JobView = (typeof jobViews)[number];
export type JobState = Exclude<JobView, "all">;

export const jobViewLabel: Record<JobView, string> = {
  all: "All",
  failed: "Given up",
  retrying: "Tried in vain",
  running: "Running",
  waiting: "Waiting",
};

export const jobSorts = ["due", "name", "tries", "since"] as const;
export type JobSort = (typeof jobSorts)[number];

export const jobDirection: Record<JobSort, Direction> = {
  due: "asc",
  name: "asc",
  tries: "desc",
  since: "desc",
};
