/** Addresses of pictures that lead to where a stranger must not send us, in every spelling, and by names that change. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

/** What names mean, one answer after the other: the last one stays. */
const names = vi.hoisted(() => ({ answers: [] as string[], asked: [] as string[] }));
vi.mock("node:dns/promises", () => ({
  lookup: async (name: string) => {
    names.asked.push(name);
    const address = (names.answers.length > 1 ? names.answers.shift() : names.answers[0]) ?? "";
    return { address, family: address.includes(":") ? 6 : 4 };
  },
}));

const { isPublicAddress } = await import("./addresses");
const { download } = await import("./download");

let server: Server;
let port = 0;
let hosts: (string | undefined)[] = [];
beforeAll(async () => {
  server = createServer((request, answer) => {
    hosts.push(request.headers.host);
    if (request.url?.startsWith("/to/"))
      answer.writeHead(302, { location: decodeURIComponent(request.url.slice(4)) }).end();
    else answer.end("picture");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());
beforeEach(() => {
  names.answers = [];
  names.asked = [];
  hosts = [];
});

const INSIDE = [
  ...[
    "127.0.0.1",
    "127.1",
    "0",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
  ],
  ...["%31%32%37.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]"],
  ...["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"],
  ...["[fe80::1]", "[fd00::1]", "[fec0::1]", "[ff02::1]", "10.0.0.1", "0xa.1", "012.0.0.1", "192.168.1.1"],
  ...[
    "172.16.0.1",
    "2886729729",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "[::ffff:a9fe:a9fe]",
    "100.64.0.1",
  ],
];

test.each(INSIDE)("%s is not called", async (host) => {
  await expect(download(`http://${host}:${port}/keys`)).rejects.toThrow("is not a public address");
  expect([hosts, names.asked]).toEqual([[], []]);
});

const isAllowed = (address: string) => address === "127.0.0.1" && hosts.length === 0;

test.each(INSIDE.filter((host) => /^[!-~]+$/.test(host)))("nor by a redirect: %s", async (host) => {
  const to = encodeURIComponent(`http://${host}:${port}/keys`);
  await expect(download(`http://127.0.0.1:${port}/to/${to}`, { isAllowed })).rejects.toThrow(
    "is not a public address",
  );
  expect(hosts).toHaveLength(1);
});

test.each([
  "file:///etc/passwd",
  "gopher://127.0.0.1:6379/_SET",
  "data:image/png;base64,AAAA",
  "ftp://127.0.0.1/",
])("nor is another protocol followed: %s", async (to) => {
  await expect(
    download(`http://127.0.0.1:${port}/to/${encodeURIComponent(to)}`, { isAllowed }),
  ).rejects.toThrow("addresses are not loaded");
  expect(hosts).toHaveLength(1);
});

test.each(["127.0.0.1", "::1", "::ffff:10.0.0.1", "169.254.169.254"])(
  "a name that means %s is not called",
  async (address) => {
    names.answers = [address];
    await expect(download(`http://pictures.example:${port}/`)).rejects.toThrow("is not a public address");
    expect(hosts).toEqual([]);
  },
);

test("a name that means something else the second time: it is asked once, and what was checked is what is called", async () => {
  // First what is allowed, then our own machine under another address, where nobody listens.
  names.answers = ["127.0.0.1", "127.0.0.2"];
  const bytes = await download(`http://rebinding.example:${port}/a`, {
    isAllowed: (ip) => ip === "127.0.0.1",
  });
  expect([bytes.toString(), names.asked, hosts]).toEqual([
    "picture",
    ["rebinding.example"],
    [`rebinding.example:${port}`],
  ]);
  // Each hop of a redirect is asked anew, and checked anew.
  names.answers = ["127.0.0.1", "10.0.0.1"];
  const back = encodeURIComponent(`http://rebinding.example:${port}/b`);
  await expect(
    download(`http://rebinding.example:${port}/to/${back}`, { isAllowed: (ip) => ip === "127.0.0.1" }),
  ).rejects.toThrow("is not a public address");
  expect(isPublicAddress("10.0.0.1")).toBe(false);
});
