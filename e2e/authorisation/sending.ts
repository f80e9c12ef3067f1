/** Sends the forms of server actions over HTTP, as a browser with scripts does. */
import { readFileSync } from "node:fs";
import path from "node:path";

export const base = process.env.BASE_URL ?? "http://localhost:3000";

/** An address of the network that is meant for tests: limits count tries by address, and each is nobody else's. */
export const someAddress = (): string => `198.18.${byte()}.${byte()}`;
const byte = () => Math.floor(Math.random() * 256);

export interface Door {
  /** The action's id in the build. */
  readonly id: string;
  /** A page that has it. */
  readonly page: string;
}

/** The ids of actions as the build gave them, by file and name. */
export function readManifest(): Map<string, Door> {
  const file = path.resolve(process.env.DIST_DIR || ".next", "server/server-reference-manifest.json");
  const { node } = JSON.parse(readFileSync(file, "utf8")) as {
    node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
  };
  const found = new Map<string, Door>();
  for (const [id, { filename, exportedName, workers }] of Object.entries(node)) {
    const place = Object.keys(workers).find((worker) => worker.endsWith("/page") && !worker.includes("["));
    const page = (place ?? "app/(shop)/cart/page").replace(/^app|\/\([^)]+\)|\/page$/g, "") || "/";
    if (filename.startsWith("lib/actions/"))
      found.set(`${filename.replace("lib/actions/", "")}#${exportedName}`, { id, page });
  }
  return found;
}

/** Sends the form; `headers` come over those that a browser of the shop sends. */
export function post(
  { id, page }: Door,
  fields: Readonly<Record<string, string>>,
  {
    cookie = "",
    headers = {},
  }: { cookie?: string | undefined; headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(`_1_${name}`, value);
  form.set("0", JSON.stringify([{ status: "idle" }, "$K1"]));
  return fetch(base + page, {
    method: "POST",
    redirect: "manual",
    headers: {
      "x-forwarded-for": someAddress(),
      ...(cookie && { cookie }),
      accept: "text/x-component",
      "next-action": id,
      origin: base,
      ...headers,
    },
    body: form,
  });
}

/** Sends a file to a product, as the form of its pictures does. */
export function sendPicture(
  { productId, alt }: { productId: string; alt: string },
  file: File,
  cookie: string,
): Promise<Response> {
  const door = readManifest().get("admin/catalog-pictures.ts#addPictures");
  const form = new FormData();
  form.set("_1_productId", productId);
  form.set("_1_alt", alt);
  form.append("_1_files", file);
  form.set("0", JSON.stringify([{ status: "idle" }, "$K1"]));
  return fetch(`${base}/admin/products/${productId}`, {
    method: "POST",
    redirect: "manual",
    body: form,
    headers: {
      ...{ cookie, accept: "text/x-component", "next-action": door?.id ?? "", origin: base },
      "x-forwarded-for": someAddress(),
    },
  });
}

/** The code of the refusal, "done" or "leads on". */
export async function saidBy(answer: Response): Promise<string> {
  const text = await answer.text();
  if (answer.headers.get("x-action-redirect")) return "leads on";
  const said = /^\w+:(\{"status":"(?:ok|error)".*)$/m.exec(text)?.[1];
  if (!said) return `answered ${answer.status}: ${text.slice(0, 200)}`;
  return /"code":"(\w+)"/.exec(said)?.[1] ?? "done";
}
