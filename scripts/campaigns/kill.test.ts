import { expect, it } from "vitest";
import { runCampaign } from "./ground";
import { kill } from "./kill";

it("ends as if it had not been killed", { timeout: 240_000 }, async () => {
  const { wrong, counts } = await runCampaign(kill, { trials: kill.short, seed: 1 });
  expect(wrong).toEqual([]);
  expect(counts["killed at a boundary"]).toBeGreaterThanOrEqual(kill.short / 2);
});
