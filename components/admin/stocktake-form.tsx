import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { applyStocktake } from "@/lib/actions/admin/stocktake";

/** Applies what was counted; the reason stays in the ledger of every variant. */
export function StocktakeForm({ id, differing }: { id: string; differing: number }) {
  return (
    <ActionForm action={applyStocktake} className="grid max-w-form gap-4" label="Apply">
      <input type="hidden" name="importId" value={id} />
      <TextInput name="reason" label="Reason" defaultValue="Stocktake" maxLength={200} autoComplete="off" />
      <SubmitButton small className="justify-self-start">
        {differing === 1 ? "Set one shelf" : `Set ${differing} shelves`}
      </SubmitButton>
    </ActionForm>
  );
}
