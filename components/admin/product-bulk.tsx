import { Select, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { productStatuses, productViewLabel } from "@/lib/domain/back-office";

/** What can be done with ticked products; what is left as it is stays as it is. */
export function ProductBulk({
  rows,
  categories,
  currency,
  mayFeature,
  back,
}: {
  /** As they are drawn: what somebody changes meanwhile is left as it is then. */
  rows: readonly { id: string; version: number }[];
  categories: readonly { id: string; label: string }[];
  currency: string;
  mayFeature: boolean;
  /** The address of the list, to come back to. */
  back: string;
}) {
  return (
    <>
      <input type="hidden" name="back" value={back} />
      {rows.map(({ id, version }) => (
        <input key={id} type="hidden" name={`versions.${id}`} value={version} autoComplete="off" />
      ))}
      <Select name="status" id="bulk-status" label="Status" required={false}>
        <option value="">As it is</option>
        {productStatuses.map((status) => (
          <option key={status} value={status}>
            {productViewLabel[status]}
          </option>
        ))}
      </Select>
      <Select name="categoryId" id="bulk-categoryId" label="Category" required={false} className="max-w-56">
        <option value="">As it is</option>
        {categories.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      <Select name="priceHow" id="bulk-priceHow" label="Price" required={false}>
        <option value="">As it is</option>
        <option value="percent">By percent</option>
        <option value="set">Set, {currency}</option>
      </Select>
      <TextInput
        name="price"
        id="bulk-price"
        label="By or to"
        inputMode="text"
        autoComplete="off"
        required={false}
        className="w-24"
      />
      <TextInput
        name="addTags"
        id="bulk-addTags"
        label="Add tags"
        autoComplete="off"
        required={false}
        className="w-36"
      />
      <TextInput
        name="removeTags"
        id="bulk-removeTags"
        label="Take tags away"
        autoComplete="off"
        required={false}
        className="w-36"
      />
      {mayFeature && (
        <Select name="featured" id="bulk-featured" label="Front page" required={false}>
          <option value="">As it is</option>
          <option value="yes">Featured</option>
          <option value="no">Not featured</option>
        </Select>
      )}
      <SubmitButton small>Change them</SubmitButton>
    </>
  );
}
