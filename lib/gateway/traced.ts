/** The SDK with each of its calls as a span of its own: what was asked for, for which order, and what came of it. */
import type Stripe from "stripe";
import { begin } from "@/lib/running/trace.mjs";

/** `api.paymentIntents.create(…)` becomes "payment_intents.create". Nothing of what is sent or answered gets in but words of state. */
export function traced(api: Stripe): Stripe {
  return watched(api, "");
}

function watched<T extends object>(part: T, path: string): T {
  return new Proxy(part, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof key !== "string" || key.startsWith("_")) return found;
      const name = path ? `${path}.${wordOf(key)}` : wordOf(key);
      if (typeof found === "function") return watchedCall(target, found, name);
      return typeof found === "object" && found !== null ? watched(found, name) : found;
    },
  });
}

function watchedCall(target: object, method: unknown, name: string) {
  return (...given: unknown[]): unknown => {
    const { end } = begin(`gateway ${name}`, {
      kind: "client",
      attributes: { "shop.order": orderOf(given) },
    });
    const answer: unknown = Reflect.apply(method as () => unknown, target, given);
    // The SDK's own promise goes back: it is more than one where it turns pages.
    Promise.resolve(answer).then(
      (come) => end(undefined, { "gateway.outcome": textOf(come, "status") ?? "ok" }),
      (error: unknown) =>
        end(error, { "gateway.outcome": textOf(error, "code") ?? textOf(error, "type") ?? "error" }),
    );
    return answer;
  };
}

const wordOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Jobs know their order from the moment on that they found it; a new intent names it. */
function orderOf(given: readonly unknown[]): string | undefined {
  const [params] = given;
  const metadata = typeof params === "object" && params && "metadata" in params ? params.metadata : undefined;
  return textOf(metadata, "order_id");
}

/** A short word of an object, such as a state or a code; never free text. */
function textOf(from: unknown, name: string): string | undefined {
  if (typeof from !== "object" || from === null) return undefined;
  const value: unknown = Reflect.get(from, name);
  return typeof value === "string" && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}
