/** Jobs of the catalogue: products that go into the shop and out of it by themselves. */
import { setTimeout } from "node:timers/promises";
import { runDue } from "@/lib/services/catalog-schedule";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const catalogHandlers: Handlers = {
  "catalog.due": async () => {
    await runDue(systemActor("job"), async (ms) => {
      await setTimeout(ms);
    });
  },
};

/** For what no job was there to do: the worker was down when the moment came. */
export const catalogRegulars: Regular[] = [{ job: "catalog.due", match: "*/5 * * * *", payload: {} }];
