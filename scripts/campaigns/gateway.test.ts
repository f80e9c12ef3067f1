import { expect, it } from "vitest";
import { gatewayFails } from "./gateway";
import { runCampaign } from "./ground";

it(gatewayFails.about, { timeout: 240_000 }, async () => {
  const { wrong } = await runCampaign(gatewayFails, { trials: gatewayFails.short, seed: 1 });
  expect(wrong).toEqual([]);
});
