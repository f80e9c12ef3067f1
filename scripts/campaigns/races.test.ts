import { expect, it, vi } from "vitest";

// Before db/client is loaded: enough connections that the shoppers meet in the database, not in the pool.
vi.hoisted(() => {
  process.env.DATABASE_POOL = "30";
});

import { runCampaign } from "./ground";
import { races } from "./races";

it("nobody gains by being many", { timeout: 240_000 }, async () => {
  const { wrong, counts } = await runCampaign(races, { trials: races.short, seed: 1 });
  expect(wrong).toEqual([]);
  expect(counts["backends waiting at once"]).toBeGreaterThanOrEqual(16);
});
