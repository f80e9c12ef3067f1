/** A browser without scripts, as far as a bench needs one: cookies, forms as they stand on the page, no redirects. */

export type Fields = readonly (readonly [name: string, value: string | File])[];

interface Form {
  /** What the form sends when these fields are filled in; of each group of radio buttons the first one. */
  with(filled: Readonly<Record<string, string>>): readonly (readonly [name: string, value: string])[];
}

/** Each visitor has cookies and an address of its own, so that limits per client count it alone. */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #address = `10.${byte()}.${byte()}.${byte()}`;

  constructor(readonly siteUrl: string) {}

  /** The form of a page that has a field of this name. Throws where there is none. */
  async form(path: string, field: string): Promise<Form> {
    const answer = await fetch(this.siteUrl + path, { headers: this.#headers(), redirect: "manual" });
    this.#keep(answer);
    const page = await answer.text();
    const found = [...page.matchAll(/<form[^>]*>([\s\S]*?)<\/form>/g)]
      .map(([, inner = ""]) => controlsOf(inner))
      .find((controls) => controls.some(({ name }) => name === field));
    if (!found) throw new Error(`${path} answered ${answer.status} without a form that has ${field}`);
    return { with: (filled) => fieldsOf(found, filled) };
  }

  /** A page as this visitor sees it, at this instance of the shop. */
  async read(siteUrl: string, path: string): Promise<string> {
    const answer = await fetch(siteUrl + path, { headers: this.#headers(), redirect: "manual" });
    return answer.text();
  }

  /** Sends a form; answers where it leads. Throws where the answer is no redirect. `more`: headers for who stands in between. */
  async post(path: string, fields: Fields, more: Record<string, string> = {}): Promise<string> {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    const answer = await fetch(this.siteUrl + path, {
      method: "POST",
      body,
      headers: { ...this.#headers(), origin: this.siteUrl, ...more },
      redirect: "manual",
    });
    this.#keep(answer);
    const text = await answer.text();
    const to = answer.headers.get("location");
    if (answer.status !== 303 || !to)
      throw new Error(
        `POST ${path} answered ${answer.status}: ${/role="alert"[^>]*>([^<]+)/.exec(text)?.[1] ?? wordsOf(text)}`,
      );
    return to;
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return { "x-forwarded-for": this.#address, ...(cookie ? { cookie } : {}) };
  }

  #keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) this.#cookies.set(name, value ?? "");
    }
  }
}

interface Control {
  readonly name: string;
  readonly value: string;
  readonly type: string;
}

function controlsOf(html: string): Control[] {
  return [...html.matchAll(/<(?:input|button|select|textarea)([^>]*)>/g)].flatMap(([, attributes = ""]) => {
    const attribute = (name: string) => plain(new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
    const name = attribute("name");
    return name ? [{ name, value: attribute("value"), type: attribute("type") }] : [];
  });
}

function fieldsOf(
  controls: readonly Control[],
  filled: Readonly<Record<string, string>>,
): readonly (readonly [name: string, value: string])[] {
  const chosen = new Set<string>();
  return controls.flatMap(({ name, value, type }) => {
    if (type === "radio" && chosen.has(name)) return [];
    // A box that nobody ticks is not sent.
    if (type === "checkbox" && filled[name] === undefined) return [];
    chosen.add(name);
    return [[name, filled[name] ?? value] as const];
  });
}

function plain(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, "&");
}

/** What a page says, without its marks. */
function wordsOf(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  return main
    .replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .slice(0, 600);
}

function byte(): number {
  return Math.floor(Math.random() * 256);
}
