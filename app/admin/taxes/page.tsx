import type { Metadata, Route } from "next";
import { PageHead, Panel } from "@/components/admin/page-head";
import { TaxClass } from "@/components/admin/tax-class";
import { TaxClassForm } from "@/components/admin/tax-forms";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { type Query, textOf } from "@/lib/domain/back-office";
import { countryList } from "@/lib/domain/country-list";
import { listTaxClasses } from "@/lib/queries/admin/tax";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";
import { formKey, UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Taxes" };

const DONE: Readonly<Record<string, string>> = {
  undone: UNDONE,
  class: "The class is saved.",
  "class-gone": "The class is gone, and its rates with it.",
  rate: "The rate is saved. Carts have it with their next look; orders keep theirs.",
  "rate-gone": "The rate is gone.",
};

export default async function AdminTaxes({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, store] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from="/admin/taxes" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [classes, undo] = await Promise.all([
    listTaxClasses(staff),
    undoOn(staff, query, { back: "/admin/taxes", subjects: ["tax_classes", "tax_rates"] }),
  ]);
  return (
    <>
      <PageHead
        title="Taxes"
        line={
          <>
            Prices are {store.pricesIncludeTax ? "with tax" : "without tax, which is added in the cart"}:{" "}
            <Link href={"/admin/settings#prices" as Route} className="link inline-flex min-h-6 items-center">
              settings
            </Link>
            . A region's rate stands instead of its country's.
          </>
        }
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <div key={formKey(query)} className="grid grid-cols-1 gap-10">
        {classes.map((one) => (
          <TaxClass key={one.id} one={one} countries={countryList} country={store.country} />
        ))}
        <Panel title="New class" id="new-class">
          <TaxClassForm key={classes.length} />
        </Panel>
      </div>
    </>
  );
}
