/** `npm run bench -- NAME`: runs one bench, prints its table and writes its figures to bench/results. */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runCheckout } from "./checkout/checkout";

const HELP = `npm run bench -- NAME [options]

  checkout   whole checkouts through the services and over HTTP, and placing against its own SQL sent raw

  --seconds N      of each measurement (5)
  --rounds N       of placing against raw, of which the median counts (3)
  --callers A,B    shoppers at once (1,8,16,32)
  --only PART      services, place, http
  --help

Figures are ratios of one run and milliseconds of processor time; a noisy machine moves both. Needs Linux.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    callers: { type: "string", default: "1,8,16,32" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const [name] = positionals;
if (values.help || name !== "checkout") {
  console.log(HELP);
  process.exit(values.help ? 0 : 1);
}
const results = await runCheckout({
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  callers: values.callers.split(",").map(Number),
  only: values.only,
});
mkdirSync("bench/results", { recursive: true });
writeFileSync(`bench/results/${name}.json`, `${JSON.stringify(results, null, 1)}\n`);
console.log(`Written to bench/results/${name}.json.`);
process.exit(0);
