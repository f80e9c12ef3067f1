/** `npm run doctor`: reads the books and names every row that breaks them. Changes nothing. */
import { parseArgs } from "node:util";
import { books } from "@/db/books/all";
import { invariants } from "@/db/books/check";
import { connect } from "@/db/client";
import { env, requireEnv } from "@/lib/env";
import { compareWithGateway, notCompared } from "./doctor/gateway";
import { lookAtMonths } from "./doctor/partitions";
import { comparePictures, notStored } from "./doctor/pictures";
import { readBooks } from "./doctor/read";
import { countOf, jsonOf, type Report, textOf } from "./doctor/report";

const USAGE = `Usage: npm run doctor [-- OPTIONS]

Reads the whole shop in one state of its database and names every row that breaks an invariant, and every
picture of a product that is not stored (docs/doctor.md).

  --only I4,I7     these invariants alone
  --json           every row, for programs
  --no-gateway     do not ask the payment gateway (I12)
  --gateway        fail when the gateway cannot be asked
  --waiting        judge what waits too long, even though the shop seems not to run
  --quiet          no progress
  --help           this

Exit code: 0 the books are right, 1 something is wrong, 2 it could not be looked at.`;

export interface Options {
  readonly only: readonly string[];
  readonly json: boolean;
  readonly gateway: "ask" | "demand" | "leave";
  readonly waiting: boolean;
  readonly quiet: boolean;
}

/** Reads what was asked for. Throws a sentence for options that there are not; null asks for help. */
export function optionsOf(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      json: { type: "boolean", default: false },
      gateway: { type: "boolean", default: false },
      "no-gateway": { type: "boolean", default: false },
      waiting: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  const only = (values.only ?? "").toUpperCase().split(",").filter(Boolean);
  const unknown = only.filter((name) => !(name in invariants));
  if (unknown.length > 0)
    throw new Error(
      `There is no ${unknown.join(", ")}: invariants are I1 to I${Object.keys(invariants).length}.`,
    );
  const { json, waiting, quiet } = values;
  const gateway = values["no-gateway"] ? "leave" : values.gateway ? "demand" : "ask";
  return { only, json, waiting, quiet, gateway };
}

/** Looks at everything that the options ask for. Throws when it cannot. */
export async function examine(url: string, options: Options): Promise<Report> {
  const begun = performance.now();
  const isWanted = (invariant: string) => options.only.length === 0 || options.only.includes(invariant);
  const wanted = books.filter(({ invariant }) => isWanted(invariant));
  const judged = wanted.filter((check) => options.waiting || !check.timed);
  const live = process.stderr.isTTY && !options.quiet;
  const results = await readBooks(url, judged, ({ check }, left) => {
    if (live) process.stderr.write(`\r\x1b[2K  ${left} left · ${check.title}`.slice(0, 100));
  });
  if (live) process.stderr.write("\r\x1b[2K");
  const gateway =
    options.gateway === "leave" || !isWanted("I12") ? notCompared("it was not asked for") : await ask(url);
  const pictures = options.only.length === 0 ? await connected(url, comparePictures) : notStored("");
  const warnings = options.only.length === 0 ? await connected(url, lookAtMonths) : [];
  if (options.gateway === "demand" && !gateway.compared)
    throw new Error(`The gateway was not compared: ${gateway.why}.`);
  return {
    results,
    gateway,
    pictures,
    warnings,
    unjudged: wanted.length - judged.length,
    ms: Math.round(performance.now() - begun),
  };
}

async function ask(url: string) {
  // A stopped sandbox leaves its key behind, which must never be sent to Stripe itself.
  if (process.env.SHOP_GATEWAY === "sandbox" && !env.SANDBOX_URL)
    return notCompared("the payment sandbox does not run");
  if (!env.STRIPE_SECRET_KEY) return notCompared("there is no key for it");
  return connected(url, compareWithGateway);
}

async function connected<T>(url: string, work: (sql: ReturnType<typeof connect>) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1, name: "tallystick-doctor" });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Whether somebody works off what waits: this shop runs, or a database of its own serves it elsewhere. */
const isAlive = (): boolean => process.env.SHOP_RUNS === "yes" || process.env.SHOP_DATABASE === "external";

async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args);
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const report = await examine(requireEnv("DATABASE_URL"), {
    ...options,
    waiting: options.waiting || isAlive(),
  });
  console.log(options.json ? jsonOf(report) : textOf(report));
  return countOf(report) === 0 ? 0 : 1;
}

// By its name: in an image a part of it lies in another file.
if (/doctor\.(ts|mjs)$/.test(process.argv[1] ?? "")) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(`The books could not be read: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 2;
    },
  );
}
