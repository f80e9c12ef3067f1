/** `npm run bench -- NAME`: runs one bench, prints its table and writes its figures to bench/results. */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { runCheckout } from "./checkout/checkout";
import { runFlash } from "./flash/flash";
import { runHome } from "./home/home";
import { runLists } from "./lists/lists";
import { PARTS, runPages } from "./pages/pages";
import { runScale } from "./scale/scale";
import { runSearch } from "./search/search";

const HELP = `npm run bench -- NAME [options]

  checkout   whole checkouts through the services and over HTTP, and placing against its own SQL sent raw
  pages      pages of the catalogue: processor time beside a static Next page, weight, clicks, Lighthouse
  search     one word, two, a wrong letter, a beginning, an SKU, facets, suggestions: processor time and answers
  home       the dashboard's figures at --orders (480000) orders, a million lines: on the spot and kept
  lists      the back office's lists of goods and stock at --products (100000), and the palette
  scale      orders alone at --orders (1000000) rows: list, search, page and figures of the back office, with plans
  flash      --shoppers (5000) for --units (500) of one product within --within (10) seconds, over HTTP

  --seconds N      of each measurement (checkout 5, pages 4, search 3)
  --rounds N       of which the median counts (3)
  --only PARTS     checkout: services, place or http; pages: ${PARTS.join(",")}
  --callers A,B    checkout: shoppers at once (1,8,16,32)
  --products A,B   pages: sizes of the shop (1000,100000); search (1000,10000,100000); lists
  --runs N         pages: of Lighthouse for each page (5)
  --drawing N      pages: minutes to wait until the demo's pictures are drawn (6)
  --help

It ends with an error where a flash sale sells too much or too little, answers with an error or loses an order, and where a
read at many orders takes longer than it may. Figures are ratios of one run and milliseconds of processor time; a noisy machine moves both. Needs Linux.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string" },
    rounds: { type: "string", default: "3" },
    shoppers: { type: "string", default: "5000" },
    units: { type: "string", default: "500" },
    within: { type: "string", default: "10" },
    orders: { type: "string" },
    runs: { type: "string", default: "5" },
    drawing: { type: "string", default: "6" },
    callers: { type: "string", default: "1,8,16,32" },
    products: { type: "string" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const numbers = (list: string) => list.split(",").map(Number);
const rounds = Number(values.rounds);

/** What a bench must hold, beside its figures: it fails where `wrong` names something. */
interface Told {
  readonly wrong?: readonly string[];
}

const BENCHES: Readonly<Record<string, () => Promise<Told | object>>> = {
  checkout: () =>
    runCheckout({
      seconds: Number(values.seconds ?? 5),
      rounds,
      callers: numbers(values.callers),
      only: values.only,
    }),
  pages: () =>
    runPages({
      seconds: Number(values.seconds ?? 4),
      rounds,
      runs: Number(values.runs),
      drawing: Number(values.drawing),
      products: numbers(values.products ?? "1000,100000"),
      only: values.only?.split(","),
    }),
  flash: () =>
    runFlash({
      shoppers: Number(values.shoppers),
      units: Number(values.units),
      within: Number(values.within),
    }),
  home: () => runHome({ orders: Number(values.orders ?? 480_000), rounds }),
  lists: () => runLists({ products: Number(values.products ?? 100_000), rounds }),
  scale: () => runScale({ orders: Number(values.orders ?? 1_000_000), rounds }),
  search: () =>
    runSearch({
      seconds: Number(values.seconds ?? 3),
      sizes: numbers(values.products ?? "1000,10000,100000"),
    }),
};

const [name = ""] = positionals;
const bench = BENCHES[name];
if (values.help || !bench) {
  console.log(HELP);
  process.exit(values.help ? 0 : 1);
}
const results = await bench();
mkdirSync("bench/results", { recursive: true });
writeFileSync(`bench/results/${name}.json`, `${JSON.stringify(results, null, 1)}\n`);
console.log(`Written to bench/results/${name}.json.`);
const wrong = "wrong" in results ? (results.wrong ?? []) : [];
for (const line of wrong) console.error(`✗ ${line}`);
process.exit(wrong.length > 0 ? 1 : 0);
