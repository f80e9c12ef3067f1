import type { Route } from "next";
import { Checkbox, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { PartVersion } from "@/components/ui/version-field";
import { LIMITS } from "@/lib/domain/catalog-limits";
import { toDecimal } from "@/lib/domain/money";
import type { VariantForm } from "@/lib/queries/admin/products";
import { FillDown } from "./fill-down";
import { VariantMore } from "./variant-more";

const columns =
  "grid gap-x-3 gap-y-2 lg:grid-cols-[minmax(0,1fr)_10rem_6rem_6rem_5rem_9rem_5rem_5rem] lg:items-center";

/** More than these are folded on phones, where each takes a screen of its own. */
const STANDS_OPEN = 3;

/** On phones shown once its row is unfolded, or where something in it was refused; without scripts, too. */
const FOLDED =
  "contents max-lg:hidden max-lg:group-has-[.unfold:checked]/row:contents max-lg:group-has-[[aria-invalid=true]]/row:contents";

/** The variants of a product within its form, a row each; on phones two fields a line, and most of them folded. */
export function VariantRows({
  variants,
  currency,
  taxPpm,
}: {
  variants: readonly VariantForm[];
  currency: string;
  taxPpm: number;
}) {
  return (
    <fieldset>
      <legend id="variants" className="mb-2 font-semibold">
        Variants
      </legend>
      {variants.length > 1 && <FillDown />}
      <div
        aria-hidden="true"
        className={`${columns} border-b pb-2 text-s font-semibold text-quiet max-lg:hidden`}
      >
        <span>Variant</span>
        <span>SKU</span>
        <span>Price, {currency}</span>
        <span>Former price</span>
        <span>Grams</span>
        <span>Barcode</span>
        <span>Available</span>
        <span>For sale</span>
      </div>
      {variants.map((variant, i) => (
        <VariantFields
          key={variant.id}
          variant={variant}
          index={i}
          currency={currency}
          taxPpm={taxPpm}
          isFolded={variants.length > STANDS_OPEN}
        />
      ))}
    </fieldset>
  );
}

function VariantFields({
  variant,
  index,
  currency,
  taxPpm,
  isFolded,
}: {
  variant: VariantForm;
  index: number;
  currency: string;
  taxPpm: number;
  isFolded: boolean;
}) {
  const fold = isFolded ? FOLDED : "contents";
  const name = (field: string) => `variants.${index}.${field}`;
  const hidden = (text: string) => (
    <>
      <span className="lg:sr-only">{text}</span>
      <span className="sr-only"> of {variant.sku}</span>
    </>
  );
  return (
    <div className={`${columns} group/row grid-cols-2 border-b py-3`}>
      <input type="hidden" name={name("id")} value={variant.id} />
      <PartVersion name={name("version")} version={variant.version} />
      <div className="max-lg:col-span-2 max-lg:flex max-lg:items-baseline max-lg:justify-between max-lg:gap-4">
        <p className="font-semibold">{variant.title || "One form"}</p>
        {isFolded && (
          <label className="inline-flex min-h-6 items-center gap-2 text-s text-quiet lg:hidden">
            <input type="checkbox" className="unfold size-4 accent-ink" />
            All fields<span className="sr-only"> of {variant.sku}</span>
          </label>
        )}
      </div>
      <div className={fold}>
        <TextInput
          name={name("sku")}
          label={hidden("SKU")}
          defaultValue={variant.sku}
          maxLength={LIMITS.sku}
          spellCheck={false}
          autoComplete="off"
          className="num"
        />
      </div>
      <TextInput
        name={name("price")}
        label={hidden("Price")}
        defaultValue={toDecimal(variant.price, currency)}
        inputMode="decimal"
        autoComplete="off"
      />
      <div className={fold}>
        <TextInput
          name={name("compareAtPrice")}
          label={hidden("Former price")}
          defaultValue={variant.compareAtPrice === null ? "" : toDecimal(variant.compareAtPrice, currency)}
          inputMode="decimal"
          autoComplete="off"
          required={false}
        />
        <TextInput
          name={name("weight")}
          label={hidden("Grams")}
          defaultValue={variant.weight || ""}
          inputMode="numeric"
          autoComplete="off"
          required={false}
        />
        <TextInput
          name={name("barcode")}
          label={hidden("Barcode")}
          defaultValue={variant.barcode ?? ""}
          maxLength={LIMITS.barcode}
          autoComplete="off"
          required={false}
        />
      </div>
      <p className="num">
        <Link
          href={`/admin/stock/${variant.id}` as Route}
          className="link inline-flex min-h-6 items-center gap-1"
        >
          {variant.available}
          <span className="lg:sr-only"> available</span>
          <span className="sr-only">, stock of {variant.sku}</span>
        </Link>
      </p>
      <Checkbox name={name("isActive")} label={hidden("For sale")} defaultChecked={variant.isActive} />
      <div className={fold}>
        <VariantMore variant={variant} name={name} currency={currency} taxPpm={taxPpm} />
      </div>
    </div>
  );
}
