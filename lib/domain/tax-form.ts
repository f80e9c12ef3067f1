/** Tax as forms tell it: rates in per cent, places by name; and how a rate is written. */
import { z } from "zod";
import { versionInput } from "./version";

const typed = (most: number) => z.string().trim().max(most).default("");
const opened = { version: versionInput.optional() };

export const typedTaxClass = z.object({
  /** None: a new one. */
  classId: z.uuid().optional(),
  ...opened,
  code: typed(60),
  name: typed(200),
  isDefault: z.string().optional(),
});
export type TypedTaxClass = z.output<typeof typedTaxClass>;

export const typedTaxRate = z.object({
  taxClassId: z.uuid(),
  /** None: a new one. */
  rateId: z.uuid().optional(),
  ...opened,
  name: typed(200),
  /** Per cent: "19", "8.875 %". */
  rate: typed(20),
  country: typed(2),
  region: typed(80),
  appliesToShipping: z.string().optional(),
});
export type TypedTaxRate = z.output<typeof typedTaxRate>;

/** Parts per million from "19", "8,875 %"; undefined for anything else or finer than a millionth. */
export function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%?$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * 10_000 + Number((match[2] ?? "").padEnd(4, "0"));
}

/** "8.875" for 88,750 parts per million. */
export const percentText = (ppm: number): string => String(ppm / 10_000);
