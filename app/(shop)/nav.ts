import type { NavLink } from "@/components/layout/nav";

/** The links of bar, menu and footer. */
export async function shopNav(): Promise<readonly NavLink[]> {
  return [
    { label: "Prints", href: "/c/prints" },
    { label: "Textiles", href: "/c/textiles" },
    { label: "Tableware", href: "/c/tableware" },
    { label: "Paper", href: "/c/paper" },
    { label: "Light", href: "/c/light" },
  ];
}
