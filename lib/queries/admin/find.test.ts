import { expect, it } from "vitest";
import { cast } from "@/db/cast";
import { find } from "./find";

it("finds pages, and nothing where there is none", async () => {
  const world = await cast();
  expect((await find(world.admin, "tax")).map(({ label }) => label)).toContain("Taxes");
  expect(await find(world.admin, "no such thing")).toEqual([]);
});
