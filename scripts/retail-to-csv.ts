/**
 * `npx tsx scripts/retail-to-csv.ts PRODUCTS.yaml[.gz] OUT.csv`: turns the product list of the AWS retail demo store
 * (MIT-0, not part of this project) into a CSV that `npm run import` reads. By hand, to try the search on a catalogue
 * that nobody wrote for it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const [from, to] = process.argv.slice(2);
if (!from || !to) {
  console.error("Usage: npx tsx scripts/retail-to-csv.ts PRODUCTS.yaml[.gz] OUT.csv");
  process.exit(1);
}
const bytes = readFileSync(from);
const text = (from.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");

/** The little of YAML that the list uses: "key: value", values that go on in the next lines, quotes. */
function readItems(yaml: string): Record<string, string>[] {
  return yaml
    .split(/^- /m)
    .slice(1)
    .map((block) => {
      const item: Record<string, string> = {};
      let key = "";
      for (const line of block.split("\n")) {
        const [, name, value = ""] = /^ {0,2}([a-z_]+):(?: (.*))?$/.exec(line) ?? [];
        if (name) {
          key = name;
          item[key] = value;
        } else if (key) item[key] = `${item[key]} ${line.trim()}`;
      }
      return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, unquote(value.trim())]));
    });
}

function unquote(value: string): string {
  if (/^'.*'$/s.test(value)) return value.slice(1, -1).replaceAll("''", "'");
  if (/^".*"$/s.test(value)) return value.slice(1, -1).replace(/\\(.)\s?/g, "$1");
  return value;
}

const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
const slugs = new Set<string>();
function slugOf(name: string): string {
  const base = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  let slug = base;
  for (let n = 2; slugs.has(slug); n += 1) slug = `${base}-${n}`;
  slugs.add(slug);
  return slug;
}

const header = [
  "Handle",
  "Title",
  "Body (HTML)",
  "Type",
  "Tags",
  "Published",
  "Variant SKU",
  "Variant Inventory Qty",
  "Variant Price",
];
const rows = readItems(text).map(
  ({
    id = "",
    name = "",
    description = "",
    category = "",
    style = "",
    price = "",
    current_stock: stock = "0",
  }) =>
    [
      slugOf(name),
      name,
      `<p>${description}</p>`,
      category,
      style,
      "TRUE",
      `R-${id.slice(0, 8)}`,
      stock,
      price,
    ]
      .map(cell)
      .join(","),
);
writeFileSync(to, `${[header.join(","), ...rows].join("\n")}\n`);
console.log(`${rows.length} products in ${to}.`);
