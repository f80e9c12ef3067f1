/** `npm start` and `npm run dev`: shows how the shop is put together, then keeps it running until it is told to stop. */
import { stripVTControlCharacters } from "node:util";
import { DEMO_PASSWORD } from "@/db/seed/demo-password";
import { ROOT } from "./install.mjs";
import { whenOrphaned } from "./launcher/orphaned";
import { asProblem, Problem } from "./launcher/problem";
import { createProgress, seconds } from "./launcher/progress";
import { loadDotEnv, readSettings } from "./launcher/settings";
import { type Shop, startShop } from "./launcher/shop";

const CARDS = [
  ["4242 4242 4242 4242", "pays"],
  ["4000 0000 0000 0002", "is declined"],
  ["4000 0025 0000 3155", "asks for 3-D Secure"],
];

const begun = performance.now();
const dev = process.argv.includes("--dev");
const progress = createProgress();
let shop: Promise<Shop> | undefined;
const abort = new AbortController();
let stopping = false;

process.title = "tallystick";
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
whenOrphaned(() => void stop());

await main();

async function main(): Promise<void> {
  console.log(`\n  Tallystick${dev ? " · development" : ""}\n`);
  loadDotEnv(ROOT);
  try {
    const settings = readSettings(process.env);
    shop = startShop({
      root: ROOT,
      settings,
      mode: dev ? "dev" : "start",
      progress,
      onLine: show,
      signal: abort.signal,
    });
    const running = await shop;
    if (!stopping) console.log(block(running));
  } catch (error) {
    if (!stopping) fail(error);
  }
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log("\n  Stopping …");
  // A start that is still going on fails at its next step and takes down what it had.
  abort.abort();
  await shop?.then((running) => running.stop()).catch(() => {});
  console.log("  Stopped.\n");
  process.exit(0);
}

function fail(error: unknown): never {
  const told = asProblem(error, "the data folder");
  console.error(
    `\n  ✗ ${told instanceof Problem ? told.message : told instanceof Error ? told.stack : String(told)}\n`,
  );
  process.exit(1);
}

// The server's own banner repeats what the block says.
function show(child: string, line: string): void {
  if (!dev && child === "web" && /^\s*(▲|-|✓|Local:|Network:)/.test(stripVTControlCharacters(line))) return;
  if (child !== "web" && /"level":"(debug|info)"/.test(line)) return;
  if (shop && !stopping) console.log(`  ${child} │ ${line}`);
}

function block(running: Shop): string {
  const lines = [
    `Open         ${running.url}    ready in ${seconds(performance.now() - begun)}`,
    `Back office  ${running.url}/admin`,
  ];
  if (running.demo) {
    lines.push(
      "",
      `Demo logins   (password for all: ${DEMO_PASSWORD})`,
      "  customer    ada@example.com",
      "  owners      line@example.com, ring@example.com",
      "  admin       admin@example.com",
    );
  } else lines.push("", "An admin     npm run user:create -- --email you@… --role admin");
  if (running.sandboxUrl) {
    lines.push("", "Test cards    (any future date, any CVC; no money moves)");
    for (const [number, effect] of CARDS) lines.push(`  ${number}  ${effect}`);
  }
  if (running.database.dataDir) {
    lines.push(
      "",
      `The database lies in ${running.database.dataDir},`,
      "because PostgreSQL does not run as root and other users cannot reach this folder.",
    );
  }
  lines.push("", "Ctrl-C stops everything; nothing is lost.");
  const bar = "─".repeat(Math.min(Math.max(...lines.map((line) => line.length)) + 2, 100));
  return `\n  ${bar}\n${lines.map((line) => `   ${line}`).join("\n")}\n  ${bar}\n`;
}
