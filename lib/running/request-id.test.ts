import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

// The guard around a server that logs what it does, as the shop's own code would.
const path = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
const SERVER = `
import { createServer } from "node:http";
import { installGuard } from ${path("../csp/guard.mjs")};
import { log } from ${path("../log.ts")};
import { noteOrder } from ${path("./notes.mjs")};
import { newReference } from ${path("../failures.ts")};
installGuard();
const server = createServer(async (req, res) => {
  await new Promise((next) => setImmediate(next));
  if (req.url === "/order") noteOrder("order-1");
  log.info("worked", { url: req.url });
  res.end(newReference());
});
server.listen(0, "127.0.0.1", () => console.log("port " + server.address().port));
`;

let port = 0;
const lines: { message: string; request?: string; order?: string; url?: string }[] = [];
const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", SERVER], {
  env: { ...process.env, TRUSTED_PROXIES: "loopback", CLIENT_LIMITS: "off" },
});

beforeAll(async () => {
  await new Promise<void>((done, failed) => {
    child.once("exit", () => failed(new Error("the server ended")));
    child.stderr.setEncoding("utf8").on("data", (text) => console.error(text));
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const whole = (said + text).split("\n");
      said = whole.pop() ?? "";
      for (const line of whole.filter(Boolean)) {
        if (line.startsWith("{")) lines.push(JSON.parse(line));
        port ||= Number(/^port (\d+)/.exec(line)?.[1] ?? 0);
      }
      if (port) done();
    });
  });
});
afterAll(() => void child.kill("SIGKILL"));

async function ask(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}${url}`, { headers });
  const reference = await answer.text();
  // The answer may be here before the line is.
  const line = await vi.waitUntil(() => lines.find((one) => one.url === url), { timeout: 5_000 });
  return { id: answer.headers.get("x-request-id"), reference, line };
}

test("a request has one name: in its answer, in its log lines, and as the reference that people are told", async () => {
  const { id, reference, line } = await ask("/order");
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(reference).toBe(id);
  expect(line).toMatchObject({ message: "worked", request: id, order: "order-1" });
});

test("requests at the same time keep their own, and an order is not passed on", async () => {
  const asked = await Promise.all(Array.from({ length: 8 }, (_, i) => ask(`/many/${i}`)));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(8);
  for (const { id, line } of asked) expect(line).toMatchObject({ request: id });
  expect(asked.some(({ line }) => line.order)).toBe(false);
});

test("a proxy's name is kept where it is safe", async () => {
  const name = "f3b0c9a7d1e24c5e8a6b7c8d9e0f1a2b";
  expect((await ask("/proxied", { "x-request-id": name })).id).toBe(name);
  for (const [i, bad] of ["short", "a".repeat(65), "x y z 1234", '<script>"', "a;b=c,d/e:f"].entries())
    expect((await ask(`/bad/${i}`, { "x-request-id": bad })).id).toMatch(/^[0-9a-f]{12}$/);
});
