import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notes } from "../running/notes.mjs";
import { installGuard, onePolicy } from "./guard.mjs";

type Handler = (res: ServerResponse, headers: Record<string, unknown>) => void;
let handler: Handler;
let server: Server;
let address = "";

beforeAll(async () => {
  installGuard("/nowhere");
  installGuard("/nowhere");
  server = createServer((req, res) => handler(res, req.headers));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const policyOf = async (headers?: Record<string, string>) =>
  (await fetch(address, { headers })).headers.get("content-security-policy");

test("of two policies the hashes win", async () => {
  expect(onePolicy(["script-src 'nonce-a'", "script-src 'sha256-b'"])).toBe("script-src 'sha256-b'");
  expect(onePolicy("script-src 'nonce-a'")).toBe("script-src 'nonce-a'");
  expect(onePolicy(undefined)).toBeUndefined();
  handler = (res) => {
    res.setHeader("content-type", "text/html");
    res.appendHeader("content-security-policy", "script-src 'nonce-a'");
    res.appendHeader("content-security-policy", "script-src 'sha256-b'");
    res.end("<p>");
  };
  expect(await policyOf()).toBe("script-src 'sha256-b'");
});

test("streamed html without a policy is closed", async () => {
  handler = (res) => {
    res.setHeader("content-type", "text/html; charset=utf-8");
    res.write("<script>alert(1)</script>");
    res.end();
  };
  expect(await policyOf()).toMatch(/script-src 'self';/);
});

test("whole html without a policy gets the hashes of the framework's scripts, also when end is wrapped", async () => {
  handler = (res) => {
    const end = res.end.bind(res);
    // What compression does: the body that reaches node is no longer html.
    res.end = ((chunk: string) => {
      res.writeHead(200);
      return end(Buffer.from(chunk).toString("base64"));
    }) as typeof res.end;
    res.setHeader("content-type", "text/html");
    res.end('<script>self.__next_f.push([1,"a"])</script>');
  };
  expect(await policyOf()).toMatch(/script-src 'self' 'sha256-[^']+';/);
});

test("a page that failed to render becomes the error page of the build", async () => {
  handler = (res) => {
    res.statusCode = 500;
    res.setHeader("content-type", "text/html");
    res.end('<!DOCTYPE html><html id="__next_error__"><body></body></html>');
  };
  expect(await (await fetch(address)).text()).toContain("Something slipped");
});

test("a page that the database failed, at its head or in the middle, is a 503 and says when to come again", async () => {
  const ask = async () => {
    const answer = await fetch(address);
    expect(await answer.text()).toContain("Something slipped");
    return [answer.status, answer.headers.get("retry-after")];
  };
  const failing = (isDatabase: boolean, isStreamed: boolean): Handler => {
    return (res) => {
      const note = notes.getStore();
      if (note) note.database = isDatabase;
      res.statusCode = 500;
      res.setHeader("content-type", "text/html");
      if (isStreamed) res.flushHeaders();
      res.end('<!DOCTYPE html><html id="__next_error__"><body></body></html>');
    };
  };
  for (const isStreamed of [false, true]) {
    handler = failing(true, isStreamed);
    expect(await ask()).toEqual([503, "2"]);
    handler = failing(false, isStreamed);
    expect(await ask()).toEqual([500, null]);
  }
});

test("a page that breaks while it is streamed becomes the error page too, also when write is wrapped", async () => {
  const hollow = '<!DOCTYPE html><html id="__next_error__"><script nonce="n">1</script>';
  const stream = (res: ServerResponse) => {
    res.statusCode = 500;
    res.setHeader("content-type", "text/html; charset=utf-8");
    res.setHeader("content-security-policy", "script-src 'nonce-n'");
    res.flushHeaders();
    res.write(Buffer.from(hollow));
    res.write("<p>more</p>");
    res.end("</html>");
  };
  handler = stream;
  const plain = await fetch(address);
  expect(plain.status).toBe(500);
  expect(plain.headers.get("content-security-policy")).not.toContain("nonce");
  const page = await plain.text();
  expect(page).toContain("Something slipped");
  expect(page).not.toMatch(/more|__next_error__/);
  handler = (res) => {
    const [write, end] = [res.write.bind(res), res.end.bind(res)];
    // What compression does: other bytes reach node, later.
    res.write = ((chunk: string) => write(`<${chunk}>`)) as typeof res.write;
    res.end = ((chunk: string) => {
      setTimeout(() => {
        write(`[${chunk}]`);
        end();
      }, 5);
    }) as typeof res.end;
    res.statusCode = 500;
    res.setHeader("content-type", "text/html");
    res.write(hollow);
    res.end();
  };
  expect(await (await fetch(address)).text()).toMatch(/^\[[^\]]*Something slipped[^\]]*\]$/);
});

test("an error without words gets some: 400 where what was sent is no form, our page for people, else as it was", async () => {
  const ask = async (accept: string) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { accept, origin: "http://localhost:3000" },
    });
    return [answer.status, await answer.text(), answer.headers.get("content-security-policy")] as const;
  };
  const bare = (res: ServerResponse) => {
    res.statusCode = 500;
    res.setHeader("content-type", "text/plain");
    res.setHeader("content-length", 21);
    res.end("Internal Server Error");
  };
  handler = (res) => {
    const note = notes.getStore();
    if (note) note.unreadable = true;
    bare(res);
  };
  expect(await ask("text/html")).toEqual([
    400,
    expect.stringContaining("<h1>That could not be read</h1>"),
    expect.stringContaining("default-src 'none'"),
  ]);
  expect((await ask("*/*")).slice(0, 2)).toEqual([400, expect.stringMatching(/^Refused: What was sent/)]);
  handler = bare;
  expect(await ask("text/html")).toEqual([
    500,
    expect.stringContaining("Something slipped"),
    expect.stringContaining("script-src"),
  ]);
  expect((await ask("*/*")).slice(0, 2)).toEqual([500, "Internal Server Error"]);
});

test("what Next streams for a form that names no action becomes the same sentence", async () => {
  handler = (res) => {
    const note = notes.getStore();
    if (note) note.unreadable = true;
    res.statusCode = 500;
    res.setHeader("content-type", "text/x-component");
    res.write('1:E{"digest":"1"}');
    res.end("more");
  };
  const headers = { "next-action": "x", origin: "http://localhost:3000" };
  const answer = await fetch(address, { method: "POST", headers });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "text/plain"]);
  expect(await answer.text()).toMatch(/^Refused: What was sent is cut off.*again\.$/);
});

test("other answers get no policy of ours", async () => {
  handler = (res) => {
    res.setHeader("content-type", "application/json");
    res.end("{}");
  };
  expect(await policyOf()).toBeNull();
});

test("internal headers from outside do not arrive", async () => {
  let seen: Record<string, unknown> = {};
  handler = (res, headers) => {
    seen = headers;
    res.end();
  };
  await policyOf({
    "content-security-policy": "script-src 'nonce-x'",
    "x-middleware-subrequest": "proxy",
    "x-nonce": "x",
    "x-other": "stays",
  });
  expect(Object.keys(seen)).toContain("x-other");
  expect(Object.keys(seen).filter((name) => /security-policy|middleware|nonce/.test(name))).toEqual([]);
});
