/** `npm run import -- FILE.csv`: brings the products, the customers or the orders of another shop's export into this one. */
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./install.mjs";

const HELP = `
  npm run import -- FILE.csv [options]

  Reads a product export of Shopify, WooCommerce (Products > Export in both) or of this shop (\`npm run export\`), told
  apart by the first line, and creates or updates its products, options, variants, prices, stock and pictures. Safe to
  repeat: what is in the shop already and has not changed is left alone.

  --owner SLUG   whose goods these are (the oldest shop when left out)
  --dry-run      do everything, show the result, keep nothing; no pictures are loaded
  --no-images    do not load pictures
  --stock        set the stock of variants that are in the shop already to the file's numbers
  --help         show this

  A Shopify customer export (Customers > Export) is told by its first line: each becomes an account without a password,
  and nobody is written to. So is an order export (Orders > Export): its orders are kept to be read, outside this shop's
  books and stock. --dry-run holds for both; --undo NUMBER takes such an import back.

  Ends with 0 where all rows are in the shop, 2 where some failed (they are named), 1 where it could not run.
`;

type Options = {
  owner?: string;
  "dry-run"?: boolean;
  "no-images"?: boolean;
  stock?: boolean;
  undo?: string;
  help?: boolean;
};

const { options, file } = read(process.argv.slice(2));
if (process.env.SHOP_DATABASE) process.exitCode = await main(file, options);
else await withShop();

function read(args: string[]): { options: Options; file: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        owner: { type: "string" },
        "dry-run": { type: "boolean" },
        "no-images": { type: "boolean" },
        stock: { type: "boolean" },
        undo: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const [given] = positionals;
    if (!given && values.undo) return { options: values, file: "" };
    if (!given) refuse("Name the file to import.");
    if (positionals.length > 1) refuse("Import one file at a time.");
    // npm changes to the project's folder; the file is meant from where the person stands.
    return { options: values, file: resolve(process.env.INIT_CWD ?? process.cwd(), given ?? "") };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(sentence: string): never {
  console.error(`\n  ✗ ${sentence}\n${HELP}`);
  process.exit(1);
}

/** Starts this script again with the shop's database in its environment. */
async function withShop(): Promise<void> {
  process.argv = [
    process.argv[0] ?? "node",
    join(ROOT, "scripts/with-shop.ts"),
    "scripts/import.ts",
    ...process.argv.slice(2),
  ];
  await import("./with-shop");
}

/** Customers or orders, where the file is one of theirs or an import of them is taken back; undefined: it is about products. */
async function people(path: string, wanted: Options): Promise<number | undefined> {
  const [{ importCustomers }, { importOrders }, { undoPeople }, { formatOf }, { contentOf }, { peek }] =
    await Promise.all([
      import("@/lib/services/imports/customers"),
      import("@/lib/services/imports/orders"),
      import("@/lib/services/imports/undo-people"),
      import("@/lib/domain/imports/kinds"),
      import("@/lib/domain/imports/views"),
      import("@/lib/services/imports/file"),
    ]);
  const [{ systemActor }, { print }, { createProgress }, { ImportProblem }] = await Promise.all([
    import("@/lib/system"),
    import("./importing/print"),
    import("./launcher/progress"),
    import("@/lib/domain/imports/columns"),
  ]);
  if (wanted.undo !== undefined) {
    if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(wanted.undo))
      throw new ImportProblem("There is no import of that number.");
    const { undone, left, format } = await undoPeople(systemActor("import"), wanted.undo);
    for (const { line, why } of left) console.log(`  – line ${line}: ${why}`);
    const [one, many] =
      contentOf({ format }) === "orders" ? ["order is", "orders are"] : ["account is", "accounts are"];
    console.log(`  ✓ ${undone} ${undone === 1 ? one : many} as before, ${left.length} left as they are`);
    return 0;
  }
  const { header } = await peek(path);
  const what = contentOf({ format: formatOf(header) });
  if (what === "products") return undefined;
  const dryRun = wanted["dry-run"] ?? false;
  const bringIn = what === "orders" ? importOrders : importCustomers;
  const report = await createProgress().step(`${dryRun ? "trying" : "importing"} ${basename(path)}`, (step) =>
    bringIn(systemActor("import"), { path, dryRun }, (rows) =>
      step.note(what === "orders" ? `${rows} rows` : `${rows} customers`),
    ),
  );
  print(report, { dryRun, shopRuns: true, what });
  return report.hasFailures ? 2 : 0;
}

async function main(path: string, wanted: Options): Promise<number> {
  const [{ run }, { systemActor }, { sql }, { print }, { createProgress }, { ImportProblem }] =
    await Promise.all([
      import("@/lib/services/imports/run"),
      import("@/lib/system"),
      import("@/db/client"),
      import("./importing/print"),
      import("./launcher/progress"),
      import("@/lib/domain/imports/columns"),
    ]);
  const dryRun = wanted["dry-run"] ?? false;
  const input = {
    path,
    owner: wanted.owner,
    dryRun,
    images: !wanted["no-images"],
    setStock: wanted.stock ?? false,
  };
  try {
    const done = await people(path, wanted);
    if (done !== undefined) return done;
    const report = await createProgress().step(
      `${dryRun ? "trying" : "importing"} ${basename(path)}`,
      (step) =>
        run(systemActor("import"), input, ({ rows, rowsTotal, product }) =>
          step.note(`${rows} of ${rowsTotal} rows · ${product}`),
        ).finally(() => step.note("")),
    );
    print(report, { dryRun, shopRuns: Boolean(process.env.SHOP_RUNS) });
    return report.hasFailures ? 2 : 0;
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    console.error(`\n  ✗ ${error.message}\n`);
    return 1;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
