import type { NavLink } from "@/components/layout/nav";
import { categoryPath } from "@/lib/domain/catalog";
import { searchPath } from "@/lib/domain/search";
import { getNavigation } from "@/lib/queries/catalog/navigation";
import { getStore } from "@/lib/queries/settings";

/** What the frame of every page shows: the links of bar, menu and footer, and the footer's line. */
export async function shopFrame(): Promise<{ links: readonly NavLink[]; promise: string }> {
  const [{ categories, hasReduced }, { pricesIncludeTax, delivery, returnWindowDays }] = await Promise.all([
    getNavigation(),
    getStore(),
  ]);
  const promise = [
    pricesIncludeTax ? "Prices include tax." : "Tax is added at the checkout.",
    delivery?.freeOver && `Delivery is free over ${delivery.freeOver}.`,
    returnWindowDays > 0 && `${returnWindowDays} days to return.`,
  ];
  return {
    links: [
      ...categories.map(({ name, path }) => ({ label: name, href: categoryPath(path) })),
      ...(hasReduced ? [{ label: "Last run", href: searchPath({ sale: true }), marked: true }] : []),
    ],
    promise: promise.filter(Boolean).join(" "),
  };
}
