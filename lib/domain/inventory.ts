/** Inventory: kinds of stock movement, their arithmetic, the machine of a reservation, and what shoppers are told. */
import { machine } from "./machine";

export const reservationMachine = machine("reservation", ["active", "committed", "released"], {
  commit: { from: ["active"], to: "committed", by: ["system"] },
  release: { from: ["active"], to: "released", by: ["system"] },
});
export type ReservationStatus = (typeof reservationMachine)["states"][number];

export const movementKinds = ["restock", "adjustment", "reserve", "release", "sale", "return"] as const;
export type MovementKind = (typeof movementKinds)[number];

/** Signs of (Δ on_hand, Δ reserved) per unit, from decisions "Stock arithmetic"; an adjustment's quantity is signed. */
export const movementSigns: Record<MovementKind, { onHand: -1 | 0 | 1; reserved: -1 | 0 | 1 }> = {
  restock: { onHand: 1, reserved: 0 },
  adjustment: { onHand: 1, reserved: 0 },
  reserve: { onHand: 0, reserved: 1 },
  release: { onHand: 0, reserved: -1 },
  sale: { onHand: -1, reserved: -1 },
  return: { onHand: 1, reserved: 0 },
};

/** What the log calls the changes of a count that people make. */
export const HAND_ACTIONS = [
  "inventory.restock",
  "inventory.adjust",
  "inventory.count",
  "inventory.set",
  "inventory.take_back",
] as const;

/** What a public page says; exact quantities never stand on a prerendered page. */
export type StockBand = "in" | "low" | "out";

/** The band of `available` items under a threshold; a backorder variant is never out. */
export function bandOf(available: number, threshold: number, backorder = false): StockBand {
  if (available <= 0) return backorder ? "in" : "out";
  return available <= threshold ? "low" : "in";
}

/** What decides about a band, over all rows of a variant, in items. */
export interface StockLevel {
  readonly available: number;
  readonly threshold: number;
  readonly backorder: boolean;
  /** How far below zero it may be sold on backorder; null: without end. */
  readonly backorderLimit: number | null;
}

/** The band of a level: on backorder too it is out once all is owed that may be. */
export function bandAt({ available, threshold, backorder, backorderLimit }: StockLevel): StockBand {
  return bandOf(available, threshold, backorder && (backorderLimit === null || available > -backorderLimit));
}

/** "In stock", "Only 3 left", "Sold out": the sentence shoppers read. */
export function stockLabel(band: StockBand, available?: number): string {
  if (band === "out") return "Sold out";
  if (band === "in") return "In stock";
  return available === undefined ? "Only a few left" : `Only ${available} left`;
}
