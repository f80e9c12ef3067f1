import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { VersionField } from "@/components/ui/version-field";
import { makeVariants } from "@/lib/actions/admin/catalog-options";
import { MOST_VARIANTS, missingOf, sizeOf } from "@/lib/domain/catalog-options";
import { skuOf } from "@/lib/domain/imports/cells";
import { toDecimal } from "@/lib/domain/money";
import type { ProductForm } from "@/lib/queries/admin/products";
import { CombinationTicks } from "./combination-ticks";

/** The combinations that no variant has yet, made by one press with one price, weight and stem of their SKUs. */
export function MissingVariants({ product, currency }: { product: ProductForm; currency: string }) {
  const { id, slug, options, version, variants } = product;
  const all = missingOf(options, variants);
  const room = Math.max(0, MOST_VARIANTS - variants.length);
  const missing = all.slice(0, room);
  const [first] = variants;
  if (sizeOf(options) > 1_000 || (all.length > 0 && room === 0))
    return (
      <p className="mt-6 text-s text-quiet">
        A product has at most {MOST_VARIANTS} variants. These options would make{" "}
        {sizeOf(options).toLocaleString("en")}.
      </p>
    );
  if (missing.length === 0) return null;
  const count = missing.length === 1 ? "One variant is" : `${missing.length} variants are`;
  return (
    <ActionForm
      // Other combinations: other ticks and another key.
      key={missing.map(({ key }) => key).join()}
      action={makeVariants}
      label="Variants that are missing"
      idPrefix={`make-${id}-`}
      className="mt-6 grid grid-cols-1 gap-4 border border-dashed p-4"
    >
      <input type="hidden" name="productId" value={id} />
      <VersionField version={version} />
      <RequestKey />
      <p className="font-semibold">{count} possible and not made yet.</p>
      {all.length > room && (
        <p className="text-s text-quiet">
          These are the first {room}: a product has at most {MOST_VARIANTS} variants.
        </p>
      )}
      <CombinationTicks combinations={missing} />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[minmax(0,1fr)_8rem_8rem] sm:max-w-form">
        <TextInput
          name="sku"
          label="SKUs begin with"
          defaultValue={skuOf(slug, []).slice(0, 40)}
          maxLength={40}
          spellCheck={false}
          autoComplete="off"
          required={false}
          className="num max-sm:col-span-2"
        />
        <TextInput
          name="price"
          label={`Price, ${currency}`}
          defaultValue={first ? toDecimal(first.price, currency) : ""}
          inputMode="decimal"
          autoComplete="off"
        />
        <TextInput
          name="weight"
          label="Grams"
          defaultValue={first?.weight || ""}
          inputMode="numeric"
          autoComplete="off"
          required={false}
        />
      </div>
      <SubmitButton look="line" small className="justify-self-start">
        Make the ticked variants
      </SubmitButton>
    </ActionForm>
  );
}
