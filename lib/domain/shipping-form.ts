/** Zones and rates of delivery as forms tell them: everything as typed. */
import { z } from "zod";
import { versionInput } from "./version";

const typed = (most: number) => z.string().trim().max(most).default("");
const opened = { version: versionInput.optional() };

export const typedZone = z.object({
  /** None: a new one. */
  zoneId: z.uuid().optional(),
  ...opened,
  name: typed(200),
  position: typed(6),
  /** One a line: "Germany", "US", "United States: Alaska". */
  places: typed(20_000),
});
export type TypedZone = z.output<typeof typedZone>;

export const typedRate = z.object({
  zoneId: z.uuid(),
  /** None: a new one. */
  rateId: z.uuid().optional(),
  ...opened,
  name: typed(200),
  kind: typed(20),
  amount: typed(30),
  rangeMin: typed(30),
  rangeMax: typed(30),
  freeOver: typed(30),
  daysMin: typed(6),
  daysMax: typed(6),
  position: typed(6),
  isActive: z.string().optional(),
});
export type TypedRate = z.output<typeof typedRate>;

export const rateKindLabel: Record<"flat" | "weight" | "subtotal", string> = {
  flat: "One price",
  weight: "By weight, grams",
  subtotal: "By what the goods are worth",
};
