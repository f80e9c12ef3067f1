/** One shopper of a flash sale: looks at the page, adds, goes through the checkout, pays; comes again when told to. */
import { Agent, request } from "node:http";
import type { Recipe } from "../checkout/http";
import type { Fields } from "../checkout/visitor";

export type End = "paid" | "sold out";
/** What was asked for. */
export type Step = "page" | "cart" | "gone" | "address" | "delivery" | "place" | "pay";

/** A form ready to be sent, the same bytes for everybody. */
interface Packed {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}
export type Pack = Readonly<Record<"cart" | "address" | "delivery" | "place", Packed>> & {
  readonly page: string;
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Hears of every answer. */
export type Note = (step: Step, status: number, ms: number) => void;

const MOST_TRIES = 10;
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 256 });

/** Makes the recipe's forms into bytes, once. */
export async function pack(recipe: Recipe): Promise<Pack> {
  const packed = async (path: string, fields: Fields): Promise<Packed> => {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    const made = new Response(form);
    const type = made.headers.get("content-type") ?? "";
    return { path, type, body: Buffer.from(await made.arrayBuffer()) };
  };
  return {
    page: recipe.path,
    cart: await packed(recipe.path, recipe.cart),
    address: await packed("/checkout", recipe.address),
    delivery: await packed("/checkout/delivery", recipe.delivery),
    place: await packed("/checkout/payment", recipe.payment),
  };
}

export class Shopper {
  readonly #cookies = new Map<string, string>();

  constructor(
    readonly siteUrl: URL,
    readonly sandboxUrl: string,
    /** An address of its own, so that limits per client count it alone. */
    readonly address: string,
    readonly note: Note,
  ) {}

  /** How it ended. Throws for an answer that is none of those a shop may give. */
  async buy(forms: Pack): Promise<End> {
    const page = await this.#ask("page", forms.page);
    if (isSoldOut(page.text)) return "sold out";
    // Whoever is sent away has the page still and presses again.
    for (const step of ["cart", "address", "delivery"] as const) {
      const answer = await this.#press(step, forms[step]);
      if (answer.status !== 303) return refused(answer, step);
      const to = String(answer.headers.location);
      // Who pressed too late is led back to the piece, and sees there that it is gone.
      if (step === "cart" && to === `${forms.page}#sold-meanwhile`) return this.#look(forms.page);
      // An empty cart or one whose goods are gone leads back to it.
      if (step !== "cart" && /\/cart/.test(to)) return "sold out";
    }
    const placed = await this.#press("place", forms.place);
    const to = String(placed.headers.location ?? "");
    if (placed.status !== 303 || !to.includes("/sandbox/")) return refused(placed, "place");
    const paid = await this.#pay(
      this.sandboxUrl + new URL(to, this.siteUrl).pathname.replace(/^\/sandbox/, ""),
    );
    if (paid !== 303) throw new Error(`the payment page answered ${paid}`);
    return "paid";
  }

  async #look(path: string): Promise<End> {
    const { status, text } = await this.#ask("gone", path);
    if (status === 200 && text.includes('id="sold-meanwhile"')) return "sold out";
    throw new Error(`the page of what is gone answered ${status}`);
  }

  /** Sends a form, and once more where the shop says in words that it could not be done just now. */
  async #press(step: Step, form: Packed): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#ask(step, form.path, form);
      if (answer.status !== 200 || tries === MOST_TRIES || !isForNow(answer.text)) return answer;
      await new Promise((over) => setTimeout(over, 2_000));
    }
  }

  /** Asks, and comes again after the time it is told, as long as the shop is full. */
  async #ask(step: Step, path: string, form?: Packed): Promise<Answer> {
    for (;;) {
      const begun = performance.now();
      const answer = await this.#send(path, form);
      this.note(step, answer.status, performance.now() - begun);
      if (!isFull(answer)) return answer;
      await wait(answer);
    }
  }

  async #pay(url: string): Promise<number> {
    const begun = performance.now();
    const body = new URLSearchParams({ number: "4242424242424242", expiry: "12 / 39", cvc: "123" });
    const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
    await answer.text();
    this.note("pay", answer.status, performance.now() - begun);
    return answer.status;
  }

  #send(path: string, form?: Packed): Promise<Answer> {
    const headers: Record<string, string> = { "x-forwarded-for": this.address, accept: "text/html" };
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookie) headers.cookie = cookie;
    if (form) {
      headers.origin = this.siteUrl.origin;
      headers.referer = this.siteUrl.origin + form.path;
      headers["content-type"] = form.type;
      headers["content-length"] = String(form.body.length);
    }
    return new Promise((done, failed) => {
      const { hostname, port } = this.siteUrl;
      const req = request(
        { agent, hostname, port, path, method: form ? "POST" : "GET", headers },
        async (res) => {
          try {
            let text = "";
            for await (const chunk of res.setEncoding("utf8")) text += chunk;
            for (const line of res.headers["set-cookie"] ?? []) {
              const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
              if (name) this.#cookies.set(name, value ?? "");
            }
            done({ status: res.statusCode ?? 0, headers: res.headers, text });
          } catch (error) {
            failed(error);
          }
        },
      );
      req.once("error", (error: NodeJS.ErrnoException) => {
        // The server had just closed an idle connection: browsers ask again on a new one, and so does this.
        if (req.reusedSocket && error.code === "ECONNRESET") this.#send(path, form).then(done, failed);
        else failed(error);
      });
      req.end(form?.body);
    });
  }
}

/** The door is full, or the database: both say when to come again. */
const isFull = ({ status, headers }: Answer): boolean =>
  (status === 503 || status === 429) && headers["retry-after"] !== undefined;

const wait = ({ headers }: Answer): Promise<void> =>
  new Promise((over) => setTimeout(over, Number(headers["retry-after"]) * 1000));

/** The sentences for a database that is busy or away (lib/domain/errors.ts). */
const isForNow = (html: string): boolean => /Reference [\w-]+/.test(html) && /again/.test(html);

const isSoldOut = (html: string): boolean => html.includes('id="why-sold-out"');

/** A refusal in words is an end; anything else is a fault of the shop. */
function refused({ status, headers, text }: Answer, step: Step): End {
  const said = text
    .replace(/<(script|head)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  // What is gone is told at once, or on the cart's page, to which the checkout leads back.
  if (
    /First a look at your cart|sold out|out of stock|sold meanwhile|is not for sale|left, and you asked/i.test(
      said,
    )
  )
    return "sold out";
  const to = String(headers.location ?? "");
  if (status === 303 && /^\/(?:cart|checkout)$/.test(to)) return "sold out";
  throw new Error(`${step} answered ${status} ${to} ${said.slice(0, 200)}`);
}
