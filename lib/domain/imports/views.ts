/** Imports: what their pages show: states, outcomes and views, in the words of the back office. */
import type { Direction } from "../back-office";

export const importStatuses = [
  "waiting",
  "checking",
  "checked",
  "running",
  "finished",
  "failed",
  "undoing",
  "undone",
] as const;
export type ImportStatus = (typeof importStatuses)[number];

export const importStatusLabel: Record<ImportStatus, string> = {
  waiting: "Not looked at yet",
  checking: "Being looked at",
  checked: "Ready to import",
  running: "Being imported",
  finished: "Imported",
  failed: "Stopped",
  undoing: "Being undone",
  undone: "Undone",
};

/** Work goes on: the page looks again by itself. */
export const isBusy = (status: ImportStatus): boolean =>
  status === "checking" || status === "running" || status === "undoing";

export const outcomes = ["created", "updated", "unchanged", "skipped", "failed"] as const;
export type Outcome = (typeof outcomes)[number];

export const outcomeViews = ["all", ...outcomes] as const;
export type OutcomeView = (typeof outcomeViews)[number];

export const outcomeLabel: Record<OutcomeView, string> = {
  all: "All",
  created: "New",
  updated: "Changed",
  unchanged: "As they are",
  skipped: "Left out",
  failed: "Cannot be imported",
};

/** How the record of an import begins to say that a picture could not be fetched. */
export const NOT_LOADED = "picture not loaded";

/** What the record of an import calls a file of customers. */
export const CUSTOMERS = "customers";

/** And one of the former shop's orders. */
export const FORMER_ORDERS = "orders";

/** Files of people: admins alone bring them in, and nothing of them is kept longer than it must. */
export const OF_PEOPLE: readonly string[] = [CUSTOMERS, FORMER_ORDERS];

/** A file of people instead of goods. */
export const isOfPeople = ({ format }: { readonly format: string }): boolean => OF_PEOPLE.includes(format);

/** What a file holds, as its page calls it. */
export const contentOf = ({ format }: { readonly format: string }): "products" | "customers" | "orders" =>
  format === CUSTOMERS ? "customers" : format === FORMER_ORDERS ? "orders" : "products";

/** Problems that an upload comes back with, by the word that stands in the address. */
export const uploadProblems: Readonly<Record<string, string>> = {
  full: "The shop has no room for this file right now. Nothing was kept: please tell whoever runs it, and send it again later.",
  none: "Please choose a file first.",
  empty: "There is nothing in this file. Please choose another.",
  big: "The file is larger than 200 MB. Export fewer products at a time.",
  broken: "The file did not arrive whole. Please send it again.",
  often: "That were many files within an hour. Please wait a while.",
};

export const importSorts = ["when", "file", "who"] as const;
export type ImportSort = (typeof importSorts)[number];

export const importDirection: Record<ImportSort, Direction> = { when: "desc", file: "asc", who: "asc" };
