import { expect, test } from "vitest";
import { kindOf, laneOf } from "./kinds.mjs";

test.each([
  ["/checkout", 0],
  ["/checkout/payment", 0],
  ["/orders/TS-1234567", 0],
  ["/cart", 1],
  ["/", 1],
  ["/search", 1],
  ["/checkouts", 1],
  ["/admin/orders", 1],
])("%s stands in lane %i: paying goes first", (path, lane) => expect(laneOf(path)).toBe(lane));

test.each([
  ["GET", "/api/health/ready", "", "machine"],
  ["POST", "/api/stripe/webhook", "", "machine"],
  ["POST", "/p/grating-cushion", "", "write"],
  ["DELETE", "/media/a.webp", "", "write"],
  ["GET", "/_next/static/a.js", "", "file"],
  ["GET", "/media/640w/a.webp", "", "file"],
  ["HEAD", "/p/grating-cushion", "", "page"],
  ["GET", "/c/textiles", "", "page"],
  ["GET", "/c/textiles", "?sort=price", "read"],
  ["GET", "/search", "?q=mug", "read"],
  ["GET", "/checkout", "", "read"],
  ["GET", "/api/suggest", "", "read"],
])("%s %s%s is work of the kind %4$s", (method, path, query, kind) =>
  expect(kindOf(method, path, query)).toBe(kind),
);
