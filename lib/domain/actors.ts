/** Who acts: the branded union that every service takes first, so that an unauthorised call does not compile. */

declare const minted: unique symbol;
export interface Minted {
  readonly [minted]: true;
}

/** A visitor without account. `tokenHash` is the sha256 of the visitor cookie; `orderId` an order opened by its signed link. */
export interface Guest extends Minted {
  readonly kind: "guest";
  readonly tokenHash: string | null;
  readonly orderId: string | null;
}
export interface Customer extends Minted {
  readonly kind: "customer";
  readonly userId: string;
  readonly orderId: string | null;
}
/** A user who sells: `ownerId` is the owners row whose goods they may touch. */
export interface Owner extends Minted {
  readonly kind: "owner";
  readonly userId: string;
  readonly ownerId: string;
  readonly orderId: string | null;
}
export interface Admin extends Minted {
  readonly kind: "admin";
  readonly userId: string;
  readonly orderId: string | null;
}
/** The shop itself: webhooks, jobs, scripts, seeds. */
export interface System extends Minted {
  readonly kind: "system";
  readonly via: string;
}

export type Shopper = Guest | Customer | Owner | Admin;
export type User = Customer | Owner | Admin;
export type Staff = Owner | Admin;
export type Actor = Shopper | System;
export type ActorKind = Actor["kind"];

/** The account behind an actor, or null for guests and the system. */
export function userIdOf(actor: Actor): string | null {
  return "userId" in actor ? actor.userId : null;
}
