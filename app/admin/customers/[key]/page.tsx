import type { Metadata, Route } from "next";
import { GuestNoteForm, MembershipOfForm, NoteForm, PrivacyForms } from "@/components/admin/customer-forms";
import {
  CustomerFacts,
  CustomerOrders,
  CustomerReturns,
  CustomerReviews,
} from "@/components/admin/customer-parts";
import { FigureStrip } from "@/components/admin/figure-strip";
import { FormerOrderTable } from "@/components/admin/former-order-table";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { Link } from "@/components/ui/link";
import { listHref, type Query, textOf } from "@/lib/domain/back-office";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { getCustomer, listTiers } from "@/lib/queries/admin/customer";
import { formerOfCustomer } from "@/lib/queries/admin/former-orders";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";
import { formKey, UNDONE, undoOn } from "../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Customer" };

const DONE: Readonly<Record<string, string>> = { saved: "Saved.", undone: UNDONE };

type Props = { params: Promise<{ key: string }>; searchParams: Promise<Query> };

export default async function AdminCustomer({ params, searchParams }: Props) {
  const [{ key }, query, { timeZone, currency }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/customers/${key}`} />;
  const [customer, tiers] = await Promise.all([
    getCustomer(staff, key),
    staff.kind === "admin" ? listTiers() : [],
  ]);
  if (!customer) return <NothingHere back="/admin/customers" backLabel="To the customers" />;
  const { own } = customer;
  const account = own?.account ?? null;
  const money = (amount: number) => formatMoney(amount, currency);
  const undo = account
    ? await undoOn(staff, query, {
        back: `/admin/customers/${account.id}`,
        subjects: ["users"],
        id: account.id,
      })
    : undefined;
  const former = staff.kind === "admin" && own ? await formerOfCustomer(staff, own.email) : null;
  const average = customer.orders > 0 ? Math.round(customer.value / customer.orders) : 0;
  const calendar = { now: new Date(), timeZone };
  return (
    <>
      <PageHead
        title={customer.name}
        steps={[{ label: "Customers", href: "/admin/customers" }]}
        line={
          own
            ? account
              ? `${own.email}, ${account.tier ?? "no membership"}`
              : `${own.email}, a guest`
            : "Bought your goods"
        }
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <FigureStrip
        wide={former ? 5 : 4}
        figures={[
          {
            label: own ? (former ? "Spent here" : "Spent") : "Spent on your goods",
            value: money(customer.value),
            note:
              customer.refunded > 0 ? `${money(customer.refunded)} given back` : "Paid, nothing given back",
          },
          {
            label: "Orders",
            value: String(customer.orders),
            note: customer.cancelled > 0 ? `${customer.cancelled} cancelled` : "None cancelled",
          },
          { label: "Average order", value: money(average) },
          {
            label: "Last order",
            value: customer.lastAt ? dateText(customer.lastAt, timeZone) : "–",
            ...(customer.firstAt && { note: `First ${dateText(customer.firstAt, timeZone)}` }),
          },
          ...(former
            ? [
                {
                  label: "Before, in the former shop",
                  value:
                    former.values.map(({ value, currency: its }) => formatMoney(value, its)).join(" + ") ||
                    "–",
                  note: former.orders === 1 ? "1 order" : `${former.orders} orders`,
                },
              ]
            : []),
        ]}
      />
      <div className="mt-8 grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 content-start gap-8">
          <Panel title="Orders" id="orders">
            <CustomerOrders rows={customer.bought} totalHead={own ? "Total" : "Your goods"} {...calendar} />
            {own?.guestKey && (
              <p className="mt-3 text-s text-quiet">
                There are also{" "}
                <Link
                  href={`/admin/customers/${own.guestKey}` as Route}
                  className="link inline-flex min-h-6 items-center"
                >
                  orders by a guest
                </Link>{" "}
                under this address that the account has not claimed.
              </p>
            )}
          </Panel>
          {own && former && (
            <Panel title="Orders in the former shop" id="former">
              <p className="mb-3 text-s text-quiet">
                By the e-mail address
                {account && !account.isVerified && ", which the account has not proved yet"}. Not in this
                shop&apos;s books, stock or figures.
              </p>
              <FormerOrderTable rows={former.rows} ofOne {...calendar} />
              {former.count > former.rows.length && (
                <Link
                  href={listHref("/admin/orders/former", { q: own.email }) as Route}
                  className="link mt-3 inline-flex min-h-6 items-center text-s"
                >
                  All {former.count}
                </Link>
              )}
            </Panel>
          )}
          {customer.returns.length > 0 && (
            <Panel title="Returns" id="returns">
              <CustomerReturns rows={customer.returns} {...calendar} />
            </Panel>
          )}
          {own && own.reviews.length > 0 && (
            <Panel title="Reviews" id="reviews">
              <CustomerReviews rows={own.reviews} />
            </Panel>
          )}
        </div>
        {own && (
          <div className="grid grid-cols-1 content-start gap-8">
            <Panel title="Who it is" id="facts">
              <CustomerFacts own={own} {...calendar} />
            </Panel>
            {account && (
              <Panel title="Membership" id="membership">
                <MembershipOfForm key={formKey(query)} account={account} tiers={tiers} />
              </Panel>
            )}
            {account && (
              <Panel title="Note" id="care">
                <NoteForm account={account} />
              </Panel>
            )}
            {!account && (
              <Panel title="Note" id="care">
                <GuestNoteForm orderId={key} kept={own.guestNote} />
              </Panel>
            )}
            {account && own.guestNote.note && (
              <Panel title="Note on this address, from before the account" id="guest-note">
                <p className="whitespace-pre-line wrap-anywhere">{own.guestNote.note}</p>
              </Panel>
            )}
            <Panel title="Their data" id="privacy">
              <PrivacyForms
                id={key}
                email={own.email}
                isGuest={account === null}
                wrong={textOf(query, "wrong") === "export"}
              />
            </Panel>
          </div>
        )}
      </div>
    </>
  );
}
