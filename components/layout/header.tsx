import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { BarLinks } from "./bar-links";
import { BrandMark } from "./brand-mark";
import { CartLink } from "./cart-link";
import type { NavLink } from "./nav";
import { PhoneMenu } from "./phone-menu";
import { SearchForm } from "./search-form";

const item = "flex min-h-target items-center underline-offset-8 hover:underline max-lg:hidden";

/**
 * The bar on top of every shop page: one line, whatever the shop and its categories are called. It reads nothing of
 * the request, so it is part of cached pages.
 */
export function Header({ name, links }: { name: string; links: readonly NavLink[] }) {
  return (
    <header
      data-screen
      className="sticky top-0 z-20 flex h-bar items-center gap-4 border-b bg-paper px-edge lg:gap-6 xl:gap-8"
    >
      <div className="flex min-w-0 lg:max-w-56 lg:shrink-0">
        <BrandMark name={name} />
      </div>
      <BarLinks name={name} links={links} />
      <div className="ml-auto flex shrink-0 items-center gap-5 lg:gap-4 xl:gap-6">
        <SearchForm id="search" className="hidden w-28 lg:block xl:w-60" />
        <Link href={"/wishlist" as Route} className={item}>
          Wishlist
        </Link>
        <Link href={"/account" as Route} className={item}>
          Account
        </Link>
        <CartLink />
        <PhoneMenu links={links} />
      </div>
    </header>
  );
}
