import type { Metadata, Route } from "next";
import { DiscountForm } from "@/components/admin/discount-form";
import { DiscountTester } from "@/components/admin/discount-tester";
import { DiscountEnd, DiscountUses } from "@/components/admin/discount-uses";
import { datesText, discountTones, worthText } from "@/components/admin/discount-words";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { StatusDot } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { countryList } from "@/lib/domain/country-list";
import { discountStateLabel, TRIAL_LINES } from "@/lib/domain/discounts-form";
import { formatMoney } from "@/lib/domain/money";
import { getDiscountForm, listDiscountChoices, listDiscountUses } from "@/lib/queries/admin/discounts";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";
import { formKey, UNDONE, undoOn } from "../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Discount" };

const DONE: Readonly<Record<string, string>> = {
  undone: UNDONE,
  saved: "Saved. Carts have it with their next look.",
  ended: "It has ended. Orders that used it keep what they got.",
};

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminDiscount({ params, searchParams }: Props) {
  const [{ id }, query, store] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/discounts/${id}`} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const discount = isId(id) ? await getDiscountForm(staff, id) : null;
  if (!discount) return <NothingHere back="/admin/discounts" backLabel="To the discounts" />;
  const [choices, uses, undo] = await Promise.all([
    listDiscountChoices(staff),
    listDiscountUses(staff, id),
    undoOn(staff, query, { back: `/admin/discounts/${id}`, subjects: ["discounts"], id }),
  ]);
  const { currency, timeZone } = store;
  return (
    <>
      <PageHead
        title={discount.title}
        steps={[{ label: "Discounts", href: "/admin/discounts" }]}
        line={
          <span className="num">
            {worthText(discount, currency)}, {datesText(discount, timeZone)}. Used {discount.used}
            {discount.totalLimit === null ? "" : ` of ${discount.totalLimit}`} times,{" "}
            {formatMoney(discount.given, currency)} given away.{" "}
            <Link href={`/admin/audit?subject=discounts&id=${id}` as Route} className="link">
              What changed
            </Link>
          </span>
        }
        done={DONE[textOf(query, "done")]}
        undo={undo}
      >
        <StatusDot tone={discountTones[discount.state]}>{discountStateLabel[discount.state]}</StatusDot>
      </PageHead>
      <div className="grid grid-cols-1 gap-10">
        <DiscountForm
          key={formKey(query)}
          discount={discount}
          choices={choices}
          currency={currency}
          timeZone={timeZone}
        />
        {discount.code && (
          <Panel title="Why did it not apply?" id="tester">
            <DiscountTester
              code={discount.code}
              lines={TRIAL_LINES}
              country={store.country}
              countries={countryList}
            />
          </Panel>
        )}
        <Panel title="Uses" id="uses">
          <DiscountUses uses={uses} currency={currency} timeZone={timeZone} />
        </Panel>
        <DiscountEnd discount={discount} />
      </div>
    </>
  );
}
