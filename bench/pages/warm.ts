/** The warm half: cached pages asked for again and again, beside a static Next page and node:http, in turns. */
import { measure, median } from "../measure";
import { cpuOf, memoryOf } from "../process";
import { Connection, requestFor } from "./load";
import { type Rival, startBare, startStatic } from "./rivals";

export interface WarmLine {
  readonly page: string;
  readonly products: number;
  readonly kind: "plain" | "gzip";
  readonly connections: number;
  /** Bytes of an answer, headers included. */
  readonly bytes: number;
  readonly cpuMs: number;
  readonly rate: number;
  readonly p95Ms: number;
  /** Times the processor time of the static Next page of the same run. */
  readonly ofStatic: number;
}

interface Shop {
  readonly url: string;
  readonly pid: number;
  readonly products: number;
}

const KINDS = { plain: {}, gzip: { "accept-encoding": "gzip" } } as const;

/** Measures `paths` (name → path) with the rivals of the product page beside them; medians of `rounds`. */
export async function runWarm(
  shop: Shop,
  paths: Readonly<Record<string, string>>,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<{ lines: WarmLine[]; memoryMb: number }> {
  const html = await (await fetch(shop.url + paths.product)).text();
  const rival = await startStatic();
  const bare = await startBare(html);
  try {
    const all = [
      { page: "node:http", url: bare.url, pid: bare.pid },
      { page: "static Next", url: await rival.pageOf(Buffer.byteLength(html)), pid: rival.pid },
      ...Object.entries(paths).map(([page, path]) => ({ page, url: shop.url + path, pid: shop.pid })),
    ];
    const lines: WarmLine[] = [];
    for (const kind of ["plain", "gzip"] as const)
      for (const connections of [1, 16]) {
        const measured = new Map<string, Awaited<ReturnType<typeof press>>[]>();
        for (const { url, pid } of all) await press(url, pid, kind, connections, 1);
        for (let round = 0; round < rounds; round += 1)
          for (const { page, url, pid } of all)
            measured.set(page, [
              ...(measured.get(page) ?? []),
              await press(url, pid, kind, connections, seconds),
            ]);
        const middle = (page: string, of: "cpuMs" | "rate" | "p95Ms" | "bytes") =>
          median((measured.get(page) ?? []).map((one) => one[of]));
        for (const { page } of all)
          lines.push({
            page,
            products: shop.products,
            kind,
            connections,
            bytes: middle(page, "bytes"),
            cpuMs: middle(page, "cpuMs"),
            rate: middle(page, "rate"),
            p95Ms: middle(page, "p95Ms"),
            ofStatic: middle(page, "cpuMs") / middle("static Next", "cpuMs"),
          });
      }
    return { lines, memoryMb: memoryOf(shop.pid) };
  } finally {
    await Promise.all([rival, bare].map((one: Rival) => one.stop()));
  }
}

async function press(
  url: string,
  pid: number,
  kind: keyof typeof KINDS,
  connections: number,
  seconds: number,
) {
  const request = requestFor(url, KINDS[kind]);
  const free = await Promise.all(Array.from({ length: connections }, () => Connection.open(url)));
  const open = [...free];
  let bytes = 0;
  const work = async () => {
    const connection = free.pop();
    if (!connection) throw new Error("more callers than connections");
    bytes = await connection.get(request);
    free.push(connection);
    return true;
  };
  const measured = await measure(connections, seconds, work, () => cpuOf(pid));
  for (const connection of open) connection.close();
  if (measured.failed > 0) throw new Error(`${url}: ${measured.failed} requests failed`);
  return { ...measured, bytes };
}
