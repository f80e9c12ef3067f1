import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { FoldCloser } from "./fold-closer";
import type { NavLink } from "./nav";
import { SearchForm } from "./search-form";

/** The menu of small windows: a native disclosure, so it opens without scripts. */
export function PhoneMenu({ links }: { links: readonly NavLink[] }) {
  const row = "flex min-h-control items-center border-b py-2 text-l wrap-anywhere";
  return (
    <details id="phone-menu" className="group/menu lg:hidden">
      <summary className="flex min-h-target min-w-target items-center justify-end gap-2">
        <span className="group-open/menu:hidden">Menu</span>
        <span className="hidden group-open/menu:inline">Close</span>
      </summary>
      <div className="absolute inset-x-0 top-full h-[calc(100dvh-var(--spacing-bar))] overflow-y-auto bg-paper px-edge pt-4 pb-12">
        <SearchForm id="menu-search" label="Search from the menu" className="mb-4" />
        <nav aria-label="Shop menu" className="grid">
          {links.map((link) => (
            <Link
              key={link.href}
              href={link.href as Route}
              className={`${row} ${link.marked ? "text-signal" : ""}`}
            >
              {link.label}
            </Link>
          ))}
        </nav>
        <nav aria-label="Your things" className="mt-8 grid">
          <Link href={"/wishlist" as Route} className={row}>
            Wishlist
          </Link>
          <Link href={"/account" as Route} className={row}>
            Account
          </Link>
        </nav>
      </div>
      <FoldCloser />
    </details>
  );
}
