import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ImportRow } from "@/lib/queries/admin/imports";
import { ImportRows } from "./import-rows";

test("every variant of a product with many is told, the later ones folded away, and its lines", () => {
  const differences = Array.from({ length: 24 }, (_, i) => ({
    what: `SKU-${i}`,
    field: "New variant",
    from: "",
    to: `Size ${i}`,
  }));
  const row = { id: "row", lines: "2-25", handle: "bowl", outcome: "created", notes: [], differences };
  const drawn = renderToStaticMarkup(<ImportRows rows={[row as unknown as ImportRow]} />);
  const [open = "", folded = ""] = drawn.split("<details>");
  expect(open).toContain("SKU-11");
  expect(open).not.toContain("SKU-12");
  expect(folded).toContain("and 12 more");
  for (let i = 12; i < 24; i += 1) expect(folded).toContain(`SKU-${i} `);
  expect(open).toContain("lines 2-25");
});
