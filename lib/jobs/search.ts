/** The regular job of the search: every hour it counts words and searches anew. */
import { count } from "@/lib/services/search";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const searchHandlers: Handlers = { "search.count": () => count(systemActor("job")) };

export const searchRegulars: Regular[] = [{ job: "search.count", match: "25 * * * *", payload: {} }];
