import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, Textarea, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { Unsaved } from "@/components/ui/unsaved";
import { VersionField } from "@/components/ui/version-field";
import { editProduct } from "@/lib/actions/admin/catalog";
import { productStatuses, productViewLabel } from "@/lib/domain/back-office";
import { detailsText } from "@/lib/domain/catalog";
import { LIMITS } from "@/lib/domain/catalog-limits";
import type { ProductForm as Product } from "@/lib/queries/admin/products";
import { SearchSnippet } from "./product-snippet";
import { RichEditor } from "./rich-editor";
import { VariantRows } from "./variant-rows";

interface TaxClass {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
}

/** Everything of a product that is changed by hand, saved at once. */
export function ProductForm({
  product,
  categories,
  currency,
  taxClasses,
}: {
  product: Product;
  categories: readonly { id: string; label: string }[];
  currency: string;
  /** For admins, who choose what tax is paid and what the front page shows first; null for owners. */
  taxClasses: readonly TaxClass[] | null;
}) {
  return (
    <ActionForm
      action={editProduct}
      // The page of another product may stand in the document, hidden.
      idPrefix={`${product.id}-`}
      className="grid grid-cols-1 gap-8"
    >
      <input type="hidden" name="productId" value={product.id} />
      <VersionField version={product.version} />
      <Unsaved />
      <div className="grid grid-cols-1 gap-x-12 gap-y-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-1 content-start gap-5">
          <TextInput name="name" label="Name" defaultValue={product.name} maxLength={LIMITS.name} />
          <TextInput
            name="subtitle"
            label="Line below the name"
            defaultValue={product.subtitle}
            maxLength={160}
            optional
          />
          <RichEditor
            // Cleaned by the server: what is stored is written on.
            key={product.description}
            text={product.description}
            format={product.descriptionFormat}
          />
          <Textarea
            name="details"
            label="Material and care"
            hint="Folds below the description. An empty line begins a paragraph."
            rows={3}
            maxLength={100_000}
            defaultValue={detailsText(product.details, product.descriptionFormat)}
            optional
          />
        </div>
        <div className="grid grid-cols-1 content-start gap-5">
          <Select name="status" label="Status" defaultValue={product.status}>
            {productStatuses.map((status) => (
              <option key={status} value={status}>
                {productViewLabel[status]}
              </option>
            ))}
          </Select>
          <Select name="categoryId" label="Category" defaultValue={product.categoryId}>
            {categories.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
          <Textarea
            rows={2}
            name="tags"
            label="Tags"
            hint="Separated by commas."
            defaultValue={product.tags.join(", ")}
            optional
          />
          <TextInput
            name="slug"
            label="Address"
            hint="What stands after /p/. The old address keeps leading here."
            defaultValue={product.slug}
            spellCheck={false}
            autoCapitalize="none"
          />
          {taxClasses && <Tax classes={taxClasses} chosen={product.taxClassId} />}
          {taxClasses && (
            <Checkbox
              name="isFeatured"
              label="Featured on the front page"
              defaultChecked={product.isFeatured}
            />
          )}
        </div>
      </div>
      <SearchSnippet
        slug={product.slug}
        name={product.name}
        fallback={product.subtitle}
        title={product.metaTitle ?? ""}
        description={product.metaDescription ?? ""}
      />
      <VariantRows variants={product.variants} currency={currency} taxPpm={product.taxPpm} />
      <div className="sticky bottom-0 -mx-edge flex items-center justify-end gap-4 border-t bg-paper px-edge py-3 lg:mx-0 lg:px-0">
        <Link
          href={"/admin/products" as Route}
          className="link mr-auto flex min-h-target items-center text-s"
        >
          All products
        </Link>
        <SubmitButton small>Save</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** The usual class is no choice of its own, unless somebody made it one: without one, a product follows the store. */
function Tax({ classes, chosen }: { classes: readonly TaxClass[]; chosen: string | null }) {
  const usual = classes.find(({ isDefault }) => isDefault);
  return (
    <Select name="taxClassId" label="Tax" defaultValue={chosen ?? ""} required={false}>
      <option value="">{usual ? `As usual: ${usual.name}` : "As usual"}</option>
      {classes
        .filter(({ id, isDefault }) => !isDefault || id === chosen)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </Select>
  );
}
