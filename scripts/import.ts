/** `npm run import -- FILE.csv`: brings the products of a Shopify export into the shop. */
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./install.mjs";

const HELP = `
  npm run import -- FILE.csv [options]

  Reads a Shopify product export (Products > Export) and creates or updates its products, options, variants, prices,
  stock and pictures. Safe to repeat: what is in the shop already and has not changed is left alone.

  --owner SLUG   whose goods these are (the oldest shop when left out)
  --dry-run      do everything, show the result, keep nothing; no pictures are loaded
  --no-images    do not load pictures
  --stock        set the stock of variants that are in the shop already to the file's numbers
  --help         show this

  Ends with 0 where all rows are in the shop, 2 where some failed (they are named), 1 where it could not run.
`;

type Options = {
  owner?: string;
  "dry-run"?: boolean;
  "no-images"?: boolean;
  stock?: boolean;
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
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const [given] = positionals;
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
