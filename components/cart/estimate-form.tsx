"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { estimateFor } from "@/lib/actions/cart";
import { countries } from "@/lib/domain/countries";

/**
 * Where it would go: delivery and tax are estimated before anything personal is asked. The region is asked where it
 * makes a difference.
 */
export function EstimateForm({
  country,
  region,
  choices,
  regions = [],
}: {
  country: string;
  region: string | null;
  choices: readonly { code: string; name: string }[];
  /** Of the chosen country. */
  regions?: readonly { value: string; name: string }[] | undefined;
}) {
  const rule = countries[country];
  const isDelivered = choices.some(({ code }) => code === country);
  const known = regions.some(({ value }) => value === region) ? (region ?? "") : "";
  return (
    <ActionForm action={estimateFor} quiet label="Where it would go">
      <div className="grid gap-4">
        <Select
          name="country"
          label="Deliver to"
          hint="A country that is not listed, we do not deliver to yet"
          autoComplete="off"
          defaultValue={country}
          onChange={(event) => {
            const { form } = event.currentTarget;
            // A region of one country is none of another.
            const state = form?.elements.namedItem("region");
            if (state instanceof HTMLSelectElement) state.value = "";
            form?.requestSubmit();
          }}
        >
          {!isDelivered && <option value={country}>{rule?.name ?? country}</option>}
          {choices.map((choice) => (
            <option key={choice.code} value={choice.code}>
              {choice.name}
            </option>
          ))}
        </Select>
        {regions.length > 0 && (
          <Select
            key={country}
            name="region"
            label={rule?.regionLabel ?? "Region"}
            hint="Delivery or tax depends on it"
            optional
            autoComplete="off"
            defaultValue={known}
            onChange={(event) => event.currentTarget.form?.requestSubmit()}
          >
            <option value="">Not told</option>
            {regions.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.name}
              </option>
            ))}
          </Select>
        )}
        <noscript>
          <SubmitButton look="line" small>
            Update
          </SubmitButton>
        </noscript>
      </div>
    </ActionForm>
  );
}
