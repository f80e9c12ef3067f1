"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { SubmitButton } from "@/components/ui/pending";
import { signOut } from "@/lib/actions/accounts";

const pages = [
  { href: "/account", label: "Overview" },
  { href: "/account/orders", label: "Orders" },
  { href: "/account/addresses", label: "Addresses" },
  { href: "/account/profile", label: "Profile" },
] as const;

/**
 * The pages of the account, and the way out: a form, because a link must not change anything. Links to personal pages
 * are not fetched ahead: Next would show the page of before after an action that leads there.
 */
export function AccountNav() {
  const path = usePathname();
  const isCurrent = (href: string) => path === href || (href !== "/account" && path.startsWith(`${href}/`));
  return (
    <nav aria-label="Account" className="max-lg:border-b">
      <ul className="flex flex-wrap gap-x-5 lg:grid lg:justify-items-start">
        {pages.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href as Route}
              aria-current={isCurrent(href) ? "page" : undefined}
              className="flex min-h-target items-center border-b-2 border-transparent underline-offset-8 hover:underline aria-[current=page]:border-ink aria-[current=page]:font-semibold aria-[current=page]:hover:no-underline"
              prefetch={false}
            >
              {label}
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
