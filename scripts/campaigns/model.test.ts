import { expect, it } from "vitest";
import { runCampaign } from "./ground";
import { model } from "./model";

it(model.about, { timeout: 240_000 }, async () => {
  const { wrong } = await runCampaign(model, { trials: model.short, seed: 1 });
  expect(wrong).toEqual([]);
});
