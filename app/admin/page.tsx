import type { Metadata } from "next";
import { type Figure, FigureStrip } from "@/components/admin/figure-strip";
import { FirstSteps } from "@/components/admin/first-steps";
import { OrderTable } from "@/components/admin/order-table";
import { PageHead, Panel } from "@/components/admin/page-head";
import { PeriodPicker } from "@/components/admin/period-picker";
import { SalesChart } from "@/components/admin/sales-chart";
import { ToDo } from "@/components/admin/to-do";
import { TopProducts } from "@/components/admin/top-products";
import { changeOf, headline, type Query } from "@/lib/domain/back-office";
import { hourIn } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { daysText, type Period, readPeriod } from "@/lib/domain/periods";
import { getToday } from "@/lib/queries/admin/calendar";
import { getConversion, getFigures, listTopProducts, type Sums } from "@/lib/queries/admin/figures";
import { getDesk } from "@/lib/queries/admin/home";
import { countTroubles } from "@/lib/queries/admin/jobs";
import { listFirst } from "@/lib/queries/admin/orders";
import { listCategoryChoices } from "@/lib/queries/admin/products";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "./staff";

export const instant = false;
export const metadata: Metadata = { title: "Home" };

const BEFORE = {
  today: "yesterday until the same time",
  "7": "the 7 days before",
  "30": "the 30 days before",
  "90": "the 90 days before",
};

function comparedWith({ name, length, before }: Period): string {
  if (before.until) return BEFORE.today;
  if (name !== "own") return BEFORE[name];
  return length === 1 ? "the day before" : `the ${length} days before`;
}

const average = ({ sales, orders }: Sums): number => (orders > 0 ? Math.round(sales / orders) : 0);

export default async function AdminHome({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { today, time, at }, store] = await Promise.all([
    enter(),
    searchParams,
    getToday(),
    getStore(),
  ]);
  if (!staff) return <NoEntry from="/admin" />;
  const period = readPeriod(query, today, time);
  const isAdmin = staff.kind === "admin";
  const [desk, figures, top, carts, cartsBefore, waiting, troubles] = await Promise.all([
    getDesk(staff),
    getFigures(staff, period),
    listTopProducts(staff, period),
    isAdmin ? getConversion(period) : null,
    isAdmin ? getConversion(period.before) : null,
    listFirst(staff, { search: "", view: "to-ship", sort: "placed", dir: "asc", page: 1, pageSize: 6 }),
    isAdmin ? countTroubles(staff) : null,
  ]);
  const categories = isAdmin && !desk.hasGoods ? await listCategoryChoices(staff) : [];
  const { now, before } = figures;
  const money = (amount: number) => formatMoney(amount, store.currency, { locale: store.locale });
  const count = new Intl.NumberFormat(store.locale);
  const percent = (part: number, whole: number) =>
    whole > 0 ? `${Math.round((part / whole) * 100)} %` : "–";
  const shareBefore = (part: number, whole: number) =>
    whole > 0 ? `${percent(part, whole)} before` : "Nothing before";
  const figure = (label: string, value: string, of: (sums: Sums) => number): Figure => {
    const change = changeOf(of(now), of(before));
    return { label, value, note: change?.text ?? "Nothing before", fell: change?.fell ?? false };
  };
  const shares: Figure[] = [
    {
      label: "From returning customers",
      value: percent(now.repeats, now.orders),
      note: shareBefore(before.repeats, before.orders),
    },
    ...(carts && cartsBefore
      ? [
          {
            label: "Carts that became orders",
            value: percent(carts.ordered, carts.carts),
            note: shareBefore(cartsBefore.ordered, cartsBefore.carts),
          },
        ]
      : []),
  ];
  const compared = comparedWith(period);
  return (
    <>
      <PageHead title={headline(hourIn(at, store.timeZone), desk.toShip)} line={daysText(period)}>
        <PeriodPicker path="/admin" period={period} today={today} />
      </PageHead>
      {!desk.hasGoods && (
        <FirstSteps setUp={isAdmin ? { hasCategories: categories.length > 0, email: store.email } : null} />
      )}
      <FigureStrip
        wide={shares.length === 2 ? 6 : 5}
        figures={[
          figure("Sales", money(now.sales), ({ sales }) => sales),
          figure("Paid orders", count.format(now.orders), ({ orders }) => orders),
          figure("Average order", money(average(now)), average),
          figure("Pieces sold", count.format(now.units), ({ units }) => units),
          ...shares,
        ]}
      />
      <p className="mt-2 max-w-read text-s text-quiet">
        {desk.shop ? "Your goods" : "All goods"}, without tax and shipping, after discounts and refunds,
        against {compared}.
        {carts &&
          ` ${count.format(carts.carts)} carts with goods were begun, ${count.format(carts.ordered)} of them became orders; visits are not counted.`}
      </p>
      <SalesChart
        slots={figures.slots}
        by={period.length === 1 ? "hour" : "day"}
        currency={store.currency}
        before={period.before.until ? "the hours of yesterday" : compared}
      />
      <div className="mt-10 grid grid-cols-1 gap-8">
        <section aria-labelledby="to-do">
          <h2 id="to-do" className="mb-3 font-text text-m font-semibold tracking-normal">
            To do
          </h2>
          <ToDo
            items={[
              { count: desk.toShip, label: "to ship", href: "/admin/orders?view=to-ship" },
              { count: desk.returns, label: "returns to see to", href: "/admin/returns" },
              ...(desk.refunds > 0
                ? [{ count: desk.refunds, label: "refunds to see to", href: "/admin/refunds?view=to-do" }]
                : []),
              { count: desk.lowStock, label: "running low or sold out", href: "/admin/stock?view=low" },
              { count: desk.reviews, label: "reviews to read", href: "/admin/reviews?view=pending" },
              { count: desk.unpaid, label: "waiting for payment", href: "/admin/orders?view=unpaid" },
              ...(troubles
                ? [
                    {
                      count: troubles.webhooks,
                      label: "failed webhooks",
                      href: "/admin/webhooks?view=failed",
                    },
                    { count: troubles.mail, label: "mails that failed", href: "/admin/mail?view=failed" },
                    { count: troubles.jobs, label: "jobs given up", href: "/admin/jobs?view=failed" },
                  ]
                : []),
            ]}
          />
        </section>
        {top.length > 0 && (
          <Panel title="Top products" id="top">
            <TopProducts rows={top} sales={now.sales} currency={store.currency} />
          </Panel>
        )}
        {waiting.length > 0 && (
          <Panel title="Longest waiting" id="waiting">
            <OrderTable
              rows={waiting}
              now={at}
              timeZone={store.timeZone}
              totalHead={desk.shop ? "Your goods" : "Total"}
              list="view=to-ship&dir=asc"
            />
          </Panel>
        )}
      </div>
    </>
  );
}
