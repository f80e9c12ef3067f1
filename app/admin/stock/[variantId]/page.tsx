import type { Metadata, Route } from "next";
import { Movements } from "@/components/admin/movements";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { StockForm, ThresholdForm } from "@/components/admin/stock-forms";
import { StockVelocity } from "@/components/admin/stock-velocity";
import { LinkButton } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { isId, pageOf, type Query, textOf } from "@/lib/domain/back-office";
import { momentText } from "@/lib/domain/moments";
import { getStock, listMovements } from "@/lib/queries/admin/stock";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";
import { formKey, TAKEN_BACK, undoOn } from "../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Stock of a variant" };

type Props = { params: Promise<{ variantId: string }>; searchParams: Promise<Query> };

const DONE: Readonly<Record<string, string>> = {
  counted: "The stock is changed; the ledger below says why.",
  threshold: "The mark for low stock is kept.",
  undone: TAKEN_BACK,
};

export default async function AdminVariantStock({ params, searchParams }: Props) {
  const [{ variantId }, query] = await Promise.all([params, searchParams]);
  const path = `/admin/stock/${variantId}`;
  const staff = await enter();
  if (!staff) return <NoEntry from={path} />;
  const stock = isId(variantId) ? await getStock(staff, variantId) : null;
  if (!stock) return <NothingHere back="/admin/stock" backLabel="To the stock" />;
  const page = pageOf(query);
  const [{ rows, pages }, { timeZone }, undo] = await Promise.all([
    listMovements(staff, variantId, { page, pageSize: 30 }),
    getStore(),
    undoOn(staff, query, { back: path, subjects: ["inventory"], id: variantId }),
  ]);
  const numbers: [string, number][] = [
    ["On hand", stock.onHand],
    ["Reserved", stock.reserved],
    ["Available", stock.available],
    ["Sold, to be packed", stock.toPack],
  ];
  return (
    <>
      <PageHead
        title={stock.title ? `${stock.name}, ${stock.title}` : stock.name}
        steps={[{ label: "Stock", href: "/admin/stock" }]}
        line={
          <span className="num">
            {stock.sku}
            {stock.lastRestockedAt && ` · last received ${momentText(stock.lastRestockedAt, timeZone)}`}
          </span>
        }
        done={DONE[textOf(query, "done")]}
        undo={undo}
      >
        <LinkButton href={`/admin/products/${stock.productId}` as Route} look="line" small>
          The product
        </LinkButton>
      </PageHead>
      <dl className="mb-8 grid grid-cols-2 border-t border-l md:grid-cols-4">
        {numbers.map(([label, items]) => (
          <div key={label} className="border-r border-b px-4 py-3 md:px-5">
            <dt className="text-s text-quiet">{label}</dt>
            <dd className="num mt-0.5 font-display text-[1.375rem] font-semibold tracking-tight">{items}</dd>
          </div>
        ))}
      </dl>
      <div className="mb-10 grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Panel title="Change stock" id="change-stock">
          <StockForm stock={stock} />
        </Panel>
        <div className="grid grid-cols-1 content-start gap-8">
          <Panel title="Running low" id="running-low">
            <ThresholdForm key={formKey(query)} stock={stock} />
          </Panel>
          <Panel title="How it sells" id="velocity">
            <StockVelocity stock={stock} />
          </Panel>
        </div>
      </div>
      <Panel title="Ledger" id="ledger">
        <Movements rows={rows} timeZone={timeZone} />
        <div className="mt-8">
          <Pagination page={page} pages={pages} hrefFor={(n) => `${path}?page=${n}` as Route} />
        </div>
      </Panel>
    </>
  );
}
