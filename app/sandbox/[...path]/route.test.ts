/** What goes over to the sandbox from a browser: its few addresses, and no key but the publishable one. */
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";

const heard: string[] = [];
const sandbox = createServer((req, res) => {
  heard.push(`${req.method} ${req.url} ${req.headers.authorization ?? "-"}`);
  res.end("{}");
});
let GET: typeof import("./route").GET;
let POST: typeof import("./route").POST;
beforeAll(async () => {
  await new Promise<void>((done) => sandbox.listen(0, "127.0.0.1", done));
  process.env.SANDBOX_URL = `http://127.0.0.1:${(sandbox.address() as { port: number }).port}`;
  ({ GET, POST } = await import("./route"));
});
afterAll(() => sandbox.close());

const ask = async (path: string, { key = "", body }: { key?: string; body?: string } = {}) => {
  const url = `http://localhost:3000/sandbox/${path}`;
  const headers = { origin: "http://localhost:3000", host: "localhost:3000", authorization: key };
  const context = { params: Promise.resolve({ path: new URL(url).pathname.split("/").slice(2) }) };
  const answer = await (body === undefined
    ? GET(new Request(url, { headers }), context)
    : POST(new Request(url, { method: "POST", headers, body }), context));
  return answer.status;
};

test("no key but the publishable one goes over, wherever it stands", async () => {
  const intent = "v1/payment_intents/pi_1";
  expect(await ask(`${intent}?key=pk_test_1&client_secret=x`)).toBe(200);
  expect(await ask(`${intent}/confirm`, { body: "key=pk_test_1&client_secret=x" })).toBe(200);
  expect(await ask(intent, { key: "Bearer sk_test_1" })).toBe(200);
  expect(heard.splice(0)).toEqual([
    `GET /${intent}?key=pk_test_1&client_secret=x -`,
    `POST /${intent}/confirm -`,
    `GET /${intent} -`,
  ]);
  // The page of a bank has a key of its own.
  expect(await ask("3ds/pi_1?key=ojJeGah90K6P")).toBe(200);
  expect(heard.splice(0)).toEqual(["GET /3ds/pi_1?key=ojJeGah90K6P -"]);
  expect(await ask(`${intent}?key=sk_test_1`)).toBe(401);
  expect(await ask(`${intent}?key=pk_test_1&key=sk_test_1`)).toBe(401);
  expect(await ask(`${intent}/confirm`, { body: "key=sk_test_1" })).toBe(401);
  for (const path of ["v1/payment_intents", "v1/refunds", "_sandbox/state", "pay/cs_1/x"])
    expect(await ask(path), path).toBe(404);
  expect(heard).toEqual([]);
});
