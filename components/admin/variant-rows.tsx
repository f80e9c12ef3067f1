import type { Route } from "next";
import { Checkbox, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { PartVersion } from "@/components/ui/version-field";
import { toDecimal } from "@/lib/domain/money";
import type { VariantForm } from "@/lib/queries/admin/products";
import { FillDown } from "./fill-down";
import { VariantMore } from "./variant-more";

const columns =
  "grid gap-x-3 gap-y-2 lg:grid-cols-[minmax(0,1fr)_10rem_6rem_6rem_5rem_9rem_5rem_5rem] lg:items-center";

/** The variants of a product within its form, a row each; on phones two fields a line. */
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
      <legend className="mb-2 font-semibold">Variants</legend>
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
        <VariantFields key={variant.id} variant={variant} index={i} currency={currency} taxPpm={taxPpm} />
      ))}
    </fieldset>
  );
}

function VariantFields({
  variant,
  index,
  currency,
  taxPpm,
}: {
  variant: VariantForm;
  index: number;
  currency: string;
  taxPpm: number;
}) {
  const name = (field: string) => `variants.${index}.${field}`;
  const hidden = (text: string) => (
    <>
      <span className="lg:sr-only">{text}</span>
      <span className="sr-only"> of {variant.sku}</span>
    </>
  );
  return (
    <div className={`${columns} grid-cols-2 border-b py-3`}>
      <input type="hidden" name={name("id")} value={variant.id} />
      <PartVersion name={name("version")} version={variant.version} />
      <p className="font-semibold max-lg:col-span-2">{variant.title || "One form"}</p>
      <TextInput
        name={name("sku")}
        label={hidden("SKU")}
        defaultValue={variant.sku}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        className="num"
      />
      <TextInput
        name={name("price")}
        label={hidden("Price")}
        defaultValue={toDecimal(variant.price, currency)}
        inputMode="decimal"
        autoComplete="off"
      />
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
        maxLength={40}
        autoComplete="off"
        required={false}
      />
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
      <VariantMore variant={variant} name={name} currency={currency} taxPpm={taxPpm} />
    </div>
  );
}
