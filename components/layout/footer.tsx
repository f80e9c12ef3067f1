import type { Route } from "next";
import { Link } from "@/components/ui/link";
import type { NavLink } from "./nav";

const help: readonly NavLink[] = [
  { label: "Find an order", href: "/orders" },
  { label: "Returns", href: "/returns" },
  { label: "Account", href: "/account" },
  { label: "Wishlist", href: "/wishlist" },
  { label: "Shipping and returns", href: "/shipping-and-returns" },
  { label: "Contact", href: "/contact" },
];

const house: readonly NavLink[] = [
  { label: "About", href: "/about" },
  { label: "Journal", href: "/journal" },
  { label: "Privacy", href: "/privacy" },
  { label: "Terms", href: "/terms" },
];

function Column({ title, links }: { title: string; links: readonly NavLink[] }) {
  return (
    <nav aria-label={`Footer: ${title}`}>
      <h2 className="mb-2 font-text text-s font-semibold tracking-normal">{title}</h2>
      <ul>
        {links.map((link) => (
          <li key={link.href}>
            <Link
              href={link.href as Route}
              className="inline-flex min-h-8 items-center text-s text-quiet wrap-anywhere hover:text-ink hover:underline"
            >
              {link.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What stands below every shop page. `line`: the shop's own; `promise`: prices, delivery and returns in a line. */
export function Footer({
  links,
  line,
  promise,
}: {
  links: readonly NavLink[];
  line: string;
  promise: string;
}) {
  return (
    <footer data-screen className="mt-24 border-t">
      <div className="page grid gap-12 py-16 sm:grid-cols-3 lg:grid-cols-[2fr_1fr_1fr_1fr]">
        <p className="max-w-[10em] min-w-0 font-display text-xl font-semibold tracking-tight wrap-anywhere max-lg:col-span-full">
          {line}
        </p>
        <Column title="Shop" links={links} />
        <Column title="Help" links={help} />
        <Column title="The house" links={house} />
      </div>
      <p className="page border-t py-6 text-s text-quiet">{promise}</p>
    </footer>
  );
}
