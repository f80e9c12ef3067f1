import type { NavLink } from "@/components/layout/nav";
import { categoryPath } from "@/lib/domain/catalog";
import { getNavigation } from "@/lib/queries/catalog/navigation";

/** The links of bar, menu and footer. */
export async function shopNav(): Promise<readonly NavLink[]> {
  const categories = await getNavigation();
  return categories.map(({ name, path }) => ({ label: name, href: categoryPath(path) }));
}
