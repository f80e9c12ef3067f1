/** The regular jobs of the search: every hour it counts words and searches anew, every night it forgets old ones. */
import { count, forget } from "@/lib/services/search";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const searchHandlers: Handlers = {
  "search.count": () => count(systemActor("job")),
  "search.forget": async () => {
    await forget(systemActor("job"));
  },
};

export const searchRegulars: Regular[] = [
  { job: "search.count", match: "25 * * * *", payload: {} },
  { job: "search.forget", match: "45 2 * * *", payload: {} },
];
