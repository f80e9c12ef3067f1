import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { learnActions, nameOfAction } from "./action-names.mjs";

const folder = mkdtempSync(join(tmpdir(), "action-names-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** As Next marks an action: by an id that it chose. */
const called = (id: string) => Object.assign(() => {}, { $$id: id });

test("an action is called after its file and its export; what is none of ours has no name", () => {
  mkdirSync(join(folder, "server"));
  const node = {
    a1: { filename: "lib/actions/admin/refunds.ts", exportedName: "refundOrder" },
    c0: { filename: "lib/queries/settings.ts", exportedName: "$$RSC_SERVER_CACHE_0" },
  };
  writeFileSync(join(folder, "server/server-reference-manifest.json"), JSON.stringify({ node }));
  learnActions(folder);
  expect([called("a1"), called("c0"), called("b2"), () => {}].map(nameOfAction)).toEqual([
    "admin/refunds.refundOrder",
    ...[undefined, undefined, undefined],
  ]);
});

test("a server that is not built has actions without names", () => {
  learnActions("/nowhere");
  expect(nameOfAction(called("a1"))).toBeUndefined();
});
