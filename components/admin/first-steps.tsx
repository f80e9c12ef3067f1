import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

/** What a shop without goods begins with; `setUp` for whoever may set it up. */
export function FirstSteps({ setUp }: { setUp: { hasCategories: boolean; email: string } | null }) {
  return (
    <section aria-labelledby="first-steps" className="mb-8 border-l-2 border-ink pl-5">
      <h2 id="first-steps" className="font-text text-m font-semibold tracking-normal">
        There is nothing to sell yet
      </h2>
      <p className="mt-1 max-w-read text-quiet">
        Take the export file of your former shop, have every row looked at, and bring it in; pictures come
        along, and all of it can be undone. Or begin with a single product.
      </p>
      <p className="mt-4 flex flex-wrap gap-3">
        <LinkButton href={"/admin/import" as Route} small>
          Import products
        </LinkButton>
        <LinkButton href={"/admin/products/new" as Route} look="line" small>
          New product
        </LinkButton>
      </p>
      {setUp && (
        <>
          <p className="mt-6">Before the first sale, look these over:</p>
          <ul className="mt-1 max-w-read border-t">
            <Step href="/admin/categories" label="Categories">
              {setUp.hasCategories
                ? "The shelves of your shop."
                : "There is none yet: a product needs one, an import makes its own."}
            </Step>
            <Step href="/admin/shipping" label="Delivery">
              Where you send to, and what it costs.
            </Step>
            <Step href="/admin/taxes" label="Taxes">
              The rates by country, and of goods that have another one.
            </Step>
            <Step href="/admin/settings" label="Name and e-mail of the shop">
              {`Mail to shoppers comes from ${setUp.email}, and their answers go there.`}
            </Step>
          </ul>
        </>
      )}
    </section>
  );
}

function Step({ href, label, children }: { href: string; label: string; children: string }) {
  return (
    <li className="grid gap-x-6 border-b py-2 sm:grid-cols-[14rem_1fr]">
      <Link href={href as Route} className="link inline-flex min-h-6 items-center justify-self-start">
        {label}
      </Link>
      <span className="text-s text-quiet">{children}</span>
    </li>
  );
}
