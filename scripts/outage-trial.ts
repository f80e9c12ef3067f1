/** What a running shop still does while PostgreSQL is away, and whether it comes back by itself. By hand, on a built app. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { freePort, startPostgres } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { startThrowaway } from "@/db/throwaway";
import { ROOT } from "./install.mjs";

const server = await startThrowaway("outage-");
const dbPort = Number(new URL(server.url).port);
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
let faults = 0;

process.env.DATABASE_URL = server.url;
process.env.DATA_DIR = join(server.folder, "data");
await migrate(server.url);
const { cast } = await import("@/db/cast");
await cast();

/** A folder of `npm run build:standalone`; without one it is `npm start`. */
const folder = process.argv[2];
const env = {
  PORT: String(port),
  SITE_URL: `http://localhost:${port}`,
  DEMO: "off",
  WARM: "off",
  ...(folder && {
    AUTH_SECRET: "9f2c7a11d04be6835bd0174f6e2a9c38",
    INTERNAL_SECRET: "57d1e0b94c6f8a2377b1",
    NODE_ENV: "production" as const,
    HOSTNAME: "0.0.0.0",
  }),
};
const shop = spawn(process.execPath, [folder ? "start.mjs" : "scripts/start.mjs"], {
  cwd: folder ?? ROOT,
  env: { ...process.env, ...env },
  stdio: ["ignore", "pipe", "pipe"],
});
let restarts = 0;
shop.stdout.setEncoding("utf8").on("data", (text: string) => {
  restarts += text.match(/! web stopped/g)?.length ?? 0;
});
let database: { stop: () => Promise<void> } = { stop: () => server.stop() };
try {
  await main();
} finally {
  shop.kill("SIGTERM");
  await new Promise((done) => shop.once("exit", done));
  await database.stop();
  await server.stop().catch(() => {});
}
console.log(faults === 0 ? "\n  everything held" : `\n  ${faults} did not hold`);
process.exit(faults === 0 ? 0 : 1);

async function main(): Promise<void> {
  check("the shop is ready", await until(async () => (await fetch(`${url}/api/health/ready`)).ok));
  const [product = "/p/none"] = /\/p\/[a-z0-9-]+/.exec(await text("/c/objects")) ?? [];
  const cached = ["/", product, "/c/objects", "/about"];
  for (const path of [...cached, "/cart", "/search?q=mug"]) {
    await text(path);
    check(`${path} is there before`, (await status(path)) === 200, String(await status(path)));
  }
  server.child.kill("SIGQUIT");
  await new Promise((done) => server.child.once("exit", done));

  for (const path of cached)
    check(`without PostgreSQL: ${path} is served`, (await status(path)) === 200, String(await status(path)));
  check("without PostgreSQL: the process is live", (await status("/api/health/live")) === 200);
  check("without PostgreSQL: it is not ready", (await status("/api/health/ready")) === 503);
  for (const path of ["/search?q=mug", "/sign-in", "/admin"]) {
    const answer = await fetch(url + path, { headers: { cookie: `session=x; visitor=${"a".repeat(43)}` } });
    const html = await answer.text();
    console.log(
      `    ${path}: ${answer.status}, retry-after ${answer.headers.get("retry-after")}, ${html.length} bytes`,
    );
    check(
      `without PostgreSQL: ${path} is a page or a 503 with a page`,
      (answer.ok || answer.status === 503) && html.includes("</html>"),
      String(answer.status),
    );
  }

  const begun = performance.now();
  database = await startPostgres({ dataDir: join(server.folder, "postgres"), port: dbPort, durable: false });
  check(
    "PostgreSQL is back: the shop is ready again",
    await until(async () => (await fetch(`${url}/api/health/ready`)).ok),
  );
  console.log(`    ready after ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  for (const path of [...cached, "/cart", "/search?q=mug"])
    check(`afterwards ${path} is there`, (await status(path)) === 200, String(await status(path)));
  check("the web server was never started anew", restarts === 0);
}

async function status(path: string): Promise<number> {
  return (await fetch(url + path)).status;
}

async function text(path: string): Promise<string> {
  return (await fetch(url + path)).text();
}

async function until(met: () => Promise<boolean>): Promise<boolean> {
  for (let i = 0; i < 600; i += 1) {
    if (await met().catch(() => false)) return true;
    await new Promise((next) => setTimeout(next, 200));
  }
  return false;
}

function check(what: string, holds: boolean, said = ""): void {
  if (!holds) faults += 1;
  console.log(`  ${holds ? "✓" : "✗"} ${what}${holds ? "" : `: ${said}`}`);
}
