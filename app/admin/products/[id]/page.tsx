import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead } from "@/components/admin/page-head";
import { PriceHistory } from "@/components/admin/price-history";
import { ProductForm } from "@/components/admin/product-form";
import { ProductOptions } from "@/components/admin/product-options";
import { ProductPictures } from "@/components/admin/product-pictures";
import { ProductSchedule } from "@/components/admin/product-schedule";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { duplicateProduct } from "@/lib/actions/admin/catalog";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { getProductForm, listCategoryChoices, listPriceChanges } from "@/lib/queries/admin/products";
import { listTaxClassChoices } from "@/lib/queries/admin/tax";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";
import { formKey, UNDONE, undoOn } from "../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Product" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminProduct({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/products/${id}`} />;
  const product = isId(id) ? await getProductForm(staff, id) : null;
  if (!product) return <NothingHere back="/admin/products" backLabel="To the products" />;
  const [categories, taxClasses, changes, store, undo] = await Promise.all([
    listCategoryChoices(staff),
    staff.kind === "admin" ? listTaxClassChoices(staff) : null,
    listPriceChanges(staff, id),
    getStore(),
    // Pictures and options are put back by their own forms.
    undoOn(staff, query, {
      back: `/admin/products/${id}`,
      subjects: ["products", "variants", "inventory"],
      id,
    }),
  ]);
  const isSold = product.status === "active";
  return (
    <>
      <PageHead
        title={product.name}
        steps={[{ label: "Products", href: "/admin/products" }]}
        line={staff.kind === "admin" ? `Sold by ${product.ownerName}` : undefined}
        done={doneText(query, isSold)}
        undo={undo}
      >
        <div className="flex flex-wrap gap-3">
          <ActionForm action={duplicateProduct} label="Duplicate">
            <input type="hidden" name="productId" value={id} />
            <RequestKey />
            <SubmitButton look="line" small>
              Duplicate
            </SubmitButton>
          </ActionForm>
          {!isSold && (
            <LinkButton href={`/admin/products/${id}/preview` as Route} look="line" small>
              Preview
            </LinkButton>
          )}
          {isSold && (
            <LinkButton href={`/p/${product.slug}` as Route} look="line" small>
              See it in the shop
            </LinkButton>
          )}
        </div>
      </PageHead>
      <nav aria-label="On this page" className="mb-6 flex flex-wrap gap-x-5 text-s">
        {PARTS.map(([id, label]) => (
          <a key={id} href={`#${id}`} className="link inline-flex min-h-6 items-center">
            {label}
          </a>
        ))}
      </nav>
      <ProductForm
        key={formKey(query)}
        product={product}
        categories={categories}
        currency={store.currency}
        taxClasses={taxClasses}
      />
      <div className="mt-10">
        <ProductOptions product={product} currency={store.currency} />
      </div>
      <div className="mt-10 grid grid-cols-1 gap-8 lg:grid-cols-2 lg:gap-12">
        <ProductPictures productId={id} images={product.images} options={product.options} />
        <div className="grid grid-cols-1 content-start gap-8">
          <ProductSchedule key={formKey(query)} product={product} timeZone={store.timeZone} />
          <PriceHistory changes={changes} currency={store.currency} timeZone={store.timeZone} />
        </div>
      </div>
    </>
  );
}

/** With many variants the page is long, most of all on a phone. */
const PARTS = [
  ["variants", "Variants"],
  ["options", "Options"],
  ["pictures", "Pictures"],
  ["schedule", "Schedule"],
  ["price-history", "Price history"],
] as const;

function doneText(query: Query, isSold: boolean): string | undefined {
  const done = textOf(query, "done");
  const count = (name: string) => Number(textOf(query, name)) || 0;
  const shown = isSold ? " The shop shows it already." : "";
  if (done === "saved") return `Saved.${shown}`;
  if (done === "undone") return UNDONE;
  if (done === "pictures") return `The pictures are saved.${shown}`;
  if (done === "options")
    return `The options are saved.${retiredText(count("retired"), count("pieces"))}${shown}`;
  if (done === "made") return `${madeText(count("made"), count("back"))}${shown}`;
  if (done === "scheduled") return "The schedule is kept.";
  if (done === "unscheduled") return "Nothing happens by itself any more.";
  if (done === "begun") return "The draft is begun. Add pictures and words, then put it in the shop.";
  if (done === "copied") return "This is the copy, a draft. Pictures and stock stayed with the original.";
  return undefined;
}

const variantsText = (count: number) => (count === 1 ? "One variant" : `${count} variants`);

function retiredText(retired: number, pieces: number): string {
  if (retired === 0) return "";
  const kept = pieces > 0 ? `, with ${pieces === 1 ? "one piece" : `${pieces} pieces`} on the shelf,` : "";
  return ` ${variantsText(retired)}${kept} ${retired === 1 ? "is" : "are"} off sale now; stock, orders and history are kept.`;
}

function madeText(made: number, back: number): string {
  const parts = [
    made > 0 && `${variantsText(made)} ${made === 1 ? "is" : "are"} new; count their stock next.`,
    back > 0 && `${variantsText(back)} ${back === 1 ? "is" : "are"} back as before.`,
  ];
  return parts.filter(Boolean).join(" ");
}
