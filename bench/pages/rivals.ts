/** What a page is held against: a static page of the same Next, and node:http that sends the same bytes. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@/db/embedded";
import { ROOT } from "@/scripts/install.mjs";

export interface Rival {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Below the project, so that its app finds the same packages; git and the shop's build pass over it. */
const FOLDER = join(ROOT, ".next-bench");
const NEXT = join(ROOT, "node_modules", "next", "dist", "bin", "next");

const APP = {
  "package.json": '{"private":true,"type":"module"}',
  "next.config.mjs": `export default { poweredByHeader: false, turbopack: { root: ${JSON.stringify(ROOT)} } };`,
  // Or Next takes the shop's, which refuses to start without its settings.
  "instrumentation.js": "export function register() {}",
  "postcss.config.mjs": "export default { plugins: {} };",
  "app/layout.js":
    "export default function Layout({ children }) { return <html lang='en'><body>{children}</body></html>; }",
  // Each size is a page of its own: made at its first view and kept, as a product's is.
  "app/[size]/page.js": `export const dynamic = "force-static";
export const generateStaticParams = () => [{ size: "1" }];
export default async function Page({ params }) {
  const { size } = await params;
  return <main><h1>A page</h1><p>{"All work and no play. ".repeat(Math.ceil(Number(size) / 22)).slice(0, Number(size))}</p></main>;
}`,
};

/** The static Next app; `pageOf` answers the address of its page that is `bytes` long. */
export async function startStatic(): Promise<Rival & { pageOf(bytes: number): Promise<string> }> {
  rmSync(FOLDER, { recursive: true, force: true });
  for (const [name, text] of Object.entries(APP)) {
    mkdirSync(join(FOLDER, name, ".."), { recursive: true });
    writeFileSync(join(FOLDER, name), text);
  }
  await ended(
    spawn(process.execPath, [NEXT, "build"], {
      cwd: FOLDER,
      env: ENV,
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [NEXT, "start", "-p", String(port)], {
    cwd: FOLDER,
    env: ENV,
    stdio: "ignore",
  });
  await untilAnswers(`${url}/1`);
  const sizeOf = async (path: string) => Buffer.byteLength(await (await fetch(url + path)).text());
  return {
    url,
    pid: child.pid ?? 0,
    stop: () => stopped(child).then(() => rmSync(FOLDER, { recursive: true, force: true })),
    async pageOf(bytes) {
      // The text stands in the page twice: as html, and as data for the browser.
      const small = await sizeOf("/1");
      const path = `/${Math.max(1, Math.round((bytes - small) / 2))}`;
      await sizeOf(path);
      return url + path;
    },
  };
}

const ENV = {
  ...process.env,
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
  DIST_DIR: "",
} as NodeJS.ProcessEnv;

/** node:http and nothing else, sending `html`. */
export async function startBare(html: string): Promise<Rival> {
  const port = await freePort();
  const code = `
    let html = Buffer.alloc(0);
    process.stdin.on("data", (chunk) => { html = Buffer.concat([html, chunk]); });
    process.stdin.on("end", () => require("node:http").createServer((_, res) => {
      res.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": html.length });
      res.end(html);
    }).listen(${port}, "127.0.0.1"));`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["pipe", "inherit", "inherit"] });
  child.stdin?.end(html);
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(url);
  return { url: `${url}/`, pid: child.pid ?? 0, stop: () => stopped(child) };
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("exit", (code) =>
      code === 0 ? done() : failed(new Error(`the static app does not build (${code})`)),
    );
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null) return done();
    child.once("exit", () => done());
    child.kill();
  });
}
