import type { NavLink } from "@/components/layout/nav";
import { categoryPath } from "@/lib/domain/catalog";
import { searchPath } from "@/lib/domain/search";
import { getNavigation } from "@/lib/queries/catalog/navigation";
import { getStore } from "@/lib/queries/settings";

interface Frame {
  name: string;
  links: readonly NavLink[];
  line: string;
  promise: string;
}

/** What the frame of every page shows: the shop's name, the links of bar, menu and footer, and the footer's lines. */
export async function shopFrame(): Promise<Frame> {
  const [{ categories, hasReduced }, store] = await Promise.all([getNavigation(), getStore()]);
  const { name, homeStatement, pricesIncludeTax, delivery, returnWindowDays } = store;
  const promise = [
    pricesIncludeTax ? "Prices include tax." : "Tax is added at the checkout.",
    delivery?.freeOver && `Delivery is free over ${delivery.freeOver}.`,
    returnWindowDays > 0 && `${returnWindowDays} days to return.`,
  ];
  return {
    name,
    line: homeStatement ?? name,
    links: [
      ...categories.map(({ name, path }) => ({ label: name, href: categoryPath(path) })),
      ...(hasReduced ? [{ label: "Last run", href: searchPath({ sale: true }), marked: true }] : []),
    ],
    promise: promise.filter(Boolean).join(" "),
  };
}
