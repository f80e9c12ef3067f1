/** Makes actors. Only session.ts, system.ts, the cast, the seed and tests may import this: a dependency rule checks it. */
import type { Actor, Minted } from "./actors";

/** Mints an actor; from here on the type vouches for who acts. */
export function mint<A extends Actor>(actor: Omit<A, keyof Minted>): A {
  return Object.freeze({ ...actor }) as unknown as A;
}
