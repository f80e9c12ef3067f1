import { ActionForm, type FormAction } from "@/components/ui/action-form";
import type { FormState } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/pending";

/** Deletes a row as the page shows it: one that changed since stays. */
export function EndForm({
  action,
  row,
  label,
  button,
}: {
  action: FormAction<FormState>;
  row: { readonly id: string; readonly version: number };
  label: string;
  button: string;
}) {
  return (
    <ActionForm action={action} label={label} className="mt-4">
      <input type="hidden" name="id" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      <SubmitButton look="quiet" small>
        {button}
      </SubmitButton>
    </ActionForm>
  );
}
