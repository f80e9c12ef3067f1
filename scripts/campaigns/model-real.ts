/** The real shop as the model campaign's commands reach it. */
import type { Shopper } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import type { Ground } from "./ground";
import type { ModelOrder } from "./model-state";

export interface Real {
  readonly ground: Ground;
  readonly variants: readonly string[];
  readonly code: string;
  readonly shoppers: Map<string, Shopper>;
}

/** undefined where a person was told why not; anything else that is thrown is a fault. */
export async function refusable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isShopError(error)) return undefined;
    throw error;
  }
}

export function expectThat(what: string, was: boolean, may: boolean, about: unknown): void {
  if (was !== may) throw new Error(`${what} was ${was ? "done" : "refused"}: ${JSON.stringify(about)}`);
}

export function shopperOf(real: Real, { orderId }: ModelOrder): Shopper {
  const shopper = real.shoppers.get(orderId);
  if (!shopper) throw new Error("nobody bought it");
  return shopper;
}
