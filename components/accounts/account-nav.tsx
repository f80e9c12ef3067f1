"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import { Count } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { signOut } from "@/lib/actions/accounts";

const pages = [
  { href: "/account", label: "Overview" },
  { href: "/account/orders", label: "Orders" },
  { href: "/account/returns", label: "Returns" },
  { href: "/account/reviews", label: "Reviews" },
  { href: "/account/notifications", label: "Notifications" },
  { href: "/account/alerts", label: "Alerts" },
  { href: "/account/addresses", label: "Addresses" },
  { href: "/wishlist", label: "Wishlist" },
  { href: "/account/profile", label: "Profile" },
  { href: "/account/data", label: "Your data" },
] as const;

/**
 * The pages of the account, and the way out: a form, because a link must not change anything. On phones the overview
 * lists them and every other page leads back to it. Links to personal pages are not fetched ahead: Next would show the
 * page of before after an action that leads there.
 */
export function AccountNav({ unread }: { unread: number }) {
  const path = usePathname();
  const isHome = path === "/account";
  const isCurrent = (href: string) => path === href || (href !== "/account" && path.startsWith(`${href}/`));
  return (
    <nav aria-label="Account">
      {!isHome && (
        <Link
          href={"/account" as Route}
          className="link inline-flex min-h-target items-center gap-2 lg:hidden"
        >
          <span aria-hidden="true">←</span> Your account
        </Link>
      )}
      <ul
        className={cx(
          "grid-cols-2 gap-x-6 max-lg:border-y max-lg:py-1 lg:grid lg:grid-cols-1 lg:justify-items-start",
          isHome ? "grid" : "hidden",
        )}
      >
        {pages.map(({ href, label }) => (
          <li key={href} className={cx(href === "/account" && "max-lg:hidden")}>
            <Link
              href={href as Route}
              aria-current={isCurrent(href) ? "page" : undefined}
              className="inline-flex min-h-target items-center gap-2 border-b-2 border-transparent underline-offset-8 hover:underline aria-[current=page]:border-ink aria-[current=page]:font-semibold aria-[current=page]:hover:no-underline"
            >
              {label}
              {href === "/account/notifications" && unread > 0 && (
                <Count>
                  {unread > 99 ? "99+" : unread}
                  <span className="sr-only"> new</span>
                </Count>
              )}
            </Link>
          </li>
        ))}
        <li>
          <form action={signOut}>
            <SubmitButton look="quiet" small className="px-0 text-m font-normal hover:underline">
              Sign out
            </SubmitButton>
          </form>
        </li>
      </ul>
    </nav>
  );
}
