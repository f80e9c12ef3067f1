import { expect, it } from "vitest";
import { runCampaign } from "./ground";
import { postgresDies } from "./postgres";

it("loses no acknowledged order and comes back by itself", { timeout: 240_000 }, async () => {
  const { wrong, counts } = await runCampaign(postgresDies, { trials: postgresDies.short, seed: 1 });
  expect(wrong).toEqual([]);
  expect(counts["orders acknowledged"]).toBeGreaterThan(10);
});
