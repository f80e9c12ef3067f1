"use client";

import { Late, late } from "@/components/ui/late";
import type { Companion } from "@/lib/queries/catalog/together";

const together = late(
  () => import("./together").then((one) => one.Together),
  typeof window === "undefined" ? (require("./together") as typeof import("./together")).Together : undefined,
);

/** Far down on a product's page: its script may wait. */
export function Together({ companions }: { companions: readonly Companion[] }) {
  return <Late piece={together} props={{ companions }} />;
}
