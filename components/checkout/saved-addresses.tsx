import type { Route } from "next";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";

/** The addresses of an account; choosing one fills the form below. */
export function SavedAddresses({
  addresses,
  chosen,
}: {
  addresses: readonly { id: string; name: string; line1: string; city: string }[];
  chosen: string | null;
}) {
  return (
    <nav aria-label="Saved addresses" className="grid gap-2 sm:grid-cols-2">
      {addresses.map((address) => (
        <Link
          key={address.id}
          href={`/checkout?address=${address.id}` as Route}
          how="replace"
          aria-current={address.id === chosen || undefined}
          className={cx(
            "rounded-control px-4 py-3",
            address.id === chosen ? "outline-2 -outline-offset-2 outline-ink" : "hairline",
          )}
        >
          <span className="block font-semibold">{address.name}</span>
          <span className="block text-s text-quiet">
            {address.line1}, {address.city}
          </span>
        </Link>
      ))}
    </nav>
  );
}
