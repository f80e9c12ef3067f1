import { expect, it } from "vitest";
import { runCampaign } from "./ground";
import { webhooks } from "./webhooks";

it(webhooks.about, { timeout: 240_000 }, async () => {
  const { wrong } = await runCampaign(webhooks, { trials: webhooks.short, seed: 1 });
  expect(wrong).toEqual([]);
});
