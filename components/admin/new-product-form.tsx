import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { newProduct } from "@/lib/actions/admin/catalog";
import { LIMITS } from "@/lib/domain/catalog-limits";

type Choice = { id: string; label: string };

/** The few things without which there is no product. */
export function NewProductForm({
  categories,
  owners,
  currency,
}: {
  categories: readonly Choice[];
  /** Whose it may be; empty for owners, whose it is anyway. */
  owners: readonly Choice[];
  currency: string;
}) {
  return (
    <ActionForm action={newProduct} idPrefix="new-" className="grid max-w-form gap-5">
      <RequestKey />
      <TextInput name="name" label="Name" maxLength={LIMITS.name} />
      <Select name="categoryId" label="Category">
        {categories.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      {owners.length > 0 && (
        <Select name="ownerId" label="Sold by">
          {owners.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      )}
      <div className="grid gap-5 sm:grid-cols-3">
        <TextInput
          name="price"
          label={`Price, ${currency}`}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
        />
        <TextInput
          name="sku"
          label="SKU"
          autoComplete="off"
          spellCheck={false}
          maxLength={LIMITS.sku}
          optional
        />
        <TextInput
          name="stock"
          label="First count"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          optional
        />
      </div>
      <SubmitButton small className="justify-self-start">
        Begin
      </SubmitButton>
    </ActionForm>
  );
}
