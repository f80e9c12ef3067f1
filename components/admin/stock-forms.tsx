import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { VersionField } from "@/components/ui/version-field";
import { changeStock, changeThreshold } from "@/lib/actions/admin/inventory";
import { stockChanges } from "@/lib/domain/inventory-input";
import type { StockCard } from "@/lib/queries/admin/stock";

const REASONS = ["Delivery from the maker", "Stocktake", "Damaged", "Lost", "Found again", "Photo sample"];

/** Changes the count, always with a reason. */
export function StockForm({ stock }: { stock: StockCard }) {
  return (
    <ActionForm action={changeStock} className="grid max-w-form gap-4">
      <input type="hidden" name="variantId" value={stock.variantId} />
      <VersionField version={stock.version} />
      <RequestKey />
      <div className="grid gap-4 sm:grid-cols-[1fr_8rem]">
        <Select
          name="how"
          label="What happened"
          hint={
            stock.toPack > 0
              ? `Counting? Count the ${stock.toPack} that are sold and not yet sent, too.`
              : undefined
          }
        >
          {Object.entries(stockChanges).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <TextInput
          name="delta"
          label="Pieces"
          autoComplete="off"
          maxLength={7}
          className="num sm:content-end"
        />
      </div>
      <TextInput name="reason" label="Reason" list="reasons" maxLength={200} autoComplete="off" />
      <datalist id="reasons">
        {REASONS.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
      <SubmitButton small className="justify-self-start">
        Change stock
      </SubmitButton>
    </ActionForm>
  );
}

/** From how many pieces on the variant counts as low. */
export function ThresholdForm({ stock }: { stock: StockCard }) {
  return (
    <ActionForm action={changeThreshold} className="grid gap-4">
      <input type="hidden" name="variantId" value={stock.variantId} />
      <VersionField version={stock.threshold} />
      <TextInput
        name="threshold"
        label="Low from"
        hint="Pieces available. Shoppers then read how few are left."
        type="number"
        inputMode="numeric"
        min={0}
        defaultValue={stock.threshold}
      />
      <SubmitButton look="line" small className="justify-self-start">
        Keep
      </SubmitButton>
    </ActionForm>
  );
}
