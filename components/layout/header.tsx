import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { BrandMark } from "./brand-mark";
import { CartLink } from "./cart-link";
import type { NavLink } from "./nav";
import { PhoneMenu } from "./phone-menu";
import { SearchForm } from "./search-form";

const item = "flex min-h-target items-center underline-offset-8 hover:underline";

/** The bar on top of every shop page. It reads nothing of the request, so it is part of cached pages. */
export function Header({ name, links }: { name: string; links: readonly NavLink[] }) {
  return (
    <header
      data-screen
      className="sticky top-0 z-20 flex min-h-bar items-center gap-4 border-b bg-paper px-edge lg:gap-6 xl:gap-8"
    >
      <BrandMark name={name} />
      {/* Many categories, or long ones, take a second line rather than the window's width. */}
      <nav aria-label="Shop" className="hidden min-w-0 flex-wrap gap-x-4 lg:flex xl:gap-x-6">
        {links.map((link) => (
          <Link
            key={link.href}
            href={link.href as Route}
            className={`${item} ${link.marked ? "text-signal" : ""}`}
          >
            {link.label}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-5 lg:gap-4 xl:gap-6">
        <SearchForm id="search" className="hidden w-28 lg:block xl:w-60" />
        <Link href={"/wishlist" as Route} className={`${item} max-lg:hidden`}>
          Wishlist
        </Link>
        <Link href={"/account" as Route} className={`${item} max-lg:hidden`}>
          Account
        </Link>
        <CartLink />
        <PhoneMenu links={links} />
      </div>
    </header>
  );
}
