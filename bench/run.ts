/** `npm run bench -- NAME`: runs one bench, prints its table and writes its figures to bench/results. */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ratiosOf, runServices } from "./checkout/checkout";

const { values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: "string" }, rounds: { type: "string" }, callers: { type: "string" } },
});
const callers = (values.callers ?? "1,8,16,32").split(",").map(Number);
const lines = await runServices(Number(values.seconds ?? 5), callers, Number(values.rounds ?? 3));
console.table(
  lines.map((l) => ({
    what: l.what,
    kind: l.kind,
    at: l.callers,
    done: l.done,
    "orders/s": l.rate.toFixed(0),
    cpu: l.cpuMs.toFixed(1),
    p50: l.p50Ms.toFixed(0),
    p95: l.p95Ms.toFixed(0),
    failed: l.failed,
  })),
);
console.table(ratiosOf(lines));
mkdirSync("bench/results", { recursive: true });
writeFileSync("bench/results/checkout.json", JSON.stringify(lines, null, 1));
