import { expect, it } from "vitest";
import { clock } from "./clock";
import { runCampaign } from "./ground";

it(clock.about, { timeout: 240_000 }, async () => {
  const { wrong } = await runCampaign(clock, { trials: clock.short, seed: 1 });
  expect(wrong).toEqual([]);
});
