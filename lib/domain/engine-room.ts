/** The engine room of the back office: which events of the gateway and which jobs its lists show. */

export const webhookViews = ["all", "failed", "done", "ignored"] as const;
export type WebhookView = (typeof webhookViews)[number];

export const webhookViewLabel: Record<WebhookView, string> = {
  all: "All",
  failed: "Failed",
  done: "Took effect",
  ignored: "Ignored",
};

export const webhookSorts = ["newest", "oldest"] as const;
export type WebhookSort = (typeof webhookSorts)[number];

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

export const jobSorts = ["due", "newest"] as const;
export type JobSort = (typeof jobSorts)[number];
