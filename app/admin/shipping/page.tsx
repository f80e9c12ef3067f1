import type { Metadata } from "next";
import { NothingYet } from "@/components/admin/nothing-listed";
import { PageHead, Panel } from "@/components/admin/page-head";
import { type ParcelQuestion, ParcelTest } from "@/components/admin/parcel-test";
import { ZoneForm } from "@/components/admin/shipping-forms";
import { ShippingZone } from "@/components/admin/shipping-zones";
import { NotHere } from "@/components/layout/not-here";
import type { Admin } from "@/lib/domain/actors";
import { type Query, textOf } from "@/lib/domain/back-office";
import { countryList } from "@/lib/domain/country-list";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { countryCode } from "@/lib/domain/places";
import { canonicalRegion } from "@/lib/domain/regions";
import { listZones, tryParcel } from "@/lib/queries/admin/shipping";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";
import { formKey, UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Shipping" };

const DONE: Readonly<Record<string, string>> = {
  undone: UNDONE,
  zone: "The zone is saved. Checkouts have it with their next look.",
  "zone-gone": "The zone is gone, and its rates with it.",
  rate: "The rate is saved. Checkouts have it with their next look.",
  "rate-gone": "The rate is gone.",
  "rate-off": "Somebody checks out by this rate, so it is switched off; delete it later.",
};

export default async function AdminShipping({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, store] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from="/admin/shipping" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const asked = {
    country: textOf(query, "country"),
    region: textOf(query, "region"),
    weight: textOf(query, "weight"),
    worth: textOf(query, "worth"),
  };
  const [zones, told, undo] = await Promise.all([
    listZones(staff),
    answerTo(staff, asked, store.currency),
    undoOn(staff, query, { back: "/admin/shipping", subjects: ["shipping_zones", "shipping_rates"] }),
  ]);
  return (
    <>
      <PageHead
        title="Shipping"
        line="Where the shop delivers, for how much, and how long it takes."
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <div key={formKey(query)} className="grid grid-cols-1 gap-10">
        <Panel title="What would it cost?" id="parcel">
          <ParcelTest
            asked={{ ...asked, country: asked.country || store.country }}
            {...told}
            countries={countryList}
            currency={store.currency}
          />
        </Panel>
        {zones.length === 0 && (
          <NothingYet
            title="The shop delivers nowhere yet."
            text="A zone is the places that a parcel costs the same to; each has rates, by weight or by the sum of the goods. Begin with your own country, give it a rate, and people there can order."
            ways={[["Make the first zone", "#new-zone"]]}
          />
        )}
        {zones.map((zone) => (
          <ShippingZone key={zone.id} zone={zone} currency={store.currency} />
        ))}
        <Panel title="New zone" id="new-zone">
          <ZoneForm key={zones.length} />
        </Panel>
      </div>
    </>
  );
}

async function answerTo(
  admin: Admin,
  { country: typed, region, weight, worth }: ParcelQuestion,
  currency: string,
) {
  if (!typed) return { answer: null, wrong: null };
  const country = countryCode(typed);
  const grams = /^\d{1,9}$/.test(weight) ? Number(weight) : undefined;
  const amount = parseMoney(worth, currency);
  if (!country || grams === undefined || amount === undefined || amount < 0)
    return {
      answer: null,
      wrong: `Please enter whole grams, and an amount like ${toDecimal(5900, currency)}.`,
    };
  const known = region ? canonicalRegion(country, region) : null;
  if (known === undefined) return { answer: null, wrong: "That country has no such region." };
  const parcel = { country, region: known, weight: grams, worth: amount };
  return { answer: await tryParcel(admin, parcel), wrong: null };
}
