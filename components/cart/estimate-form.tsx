"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { estimateFor } from "@/lib/actions/cart";

/** Where it would go: delivery and tax are estimated before anything personal is asked. */
export function EstimateForm({
  country,
  choices,
}: {
  country: string;
  choices: readonly { code: string; name: string }[];
}) {
  return (
    <ActionForm action={estimateFor} quiet>
      <div className="flex items-end gap-2">
        <Select
          name="country"
          label="Deliver to"
          defaultValue={country}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
          className="flex-1"
        >
          {choices.map((choice) => (
            <option key={choice.code} value={choice.code}>
              {choice.name}
            </option>
          ))}
        </Select>
        <noscript>
          <SubmitButton look="line" className="px-5">
            Update
          </SubmitButton>
        </noscript>
      </div>
    </ActionForm>
  );
}
