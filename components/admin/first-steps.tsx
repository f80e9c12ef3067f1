import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";

/** What a shop without goods begins with. */
export function FirstSteps() {
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
    </section>
  );
}
