"use client";

import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { applyCode, removeCode } from "@/lib/actions/cart";

/** The discount code: a field while there is none, the code and what it does once there is. */
export function CodeForm({
  code,
  refusal,
}: {
  /** The code that holds, or the one that does not. */
  code: string | null;
  /** Why it does not hold, as a sentence. */
  refusal: string | null;
}) {
  if (code && !refusal) return <Remove code={code} />;
  return (
    <div className="grid gap-2">
      <ActionForm action={applyCode} quiet>
        {/* The field and its button share one line; the message stands below both. */}
        <div className="flex items-start gap-2">
          <TextInput
            name="code"
            label="Discount code"
            optional
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            defaultValue={code ?? ""}
            error={refusal ?? undefined}
            className="flex-1"
          />
          <SubmitButton look="line" className="mt-[1.6rem] px-5" pendingLabel="…">
            Apply
          </SubmitButton>
        </div>
      </ActionForm>
      {code && <Remove code={code} refused />}
    </div>
  );
}

function Remove({ code, refused = false }: { code: string; refused?: boolean }) {
  return (
    <ActionForm action={removeCode} className="flex items-center justify-between gap-4">
      <p className="text-s">
        {refused ? "" : "Code "}
        {!refused && <strong className="font-semibold">{code}</strong>}
      </p>
      <SubmitButton look="quiet" small className="link px-0 font-normal">
        Remove code<span className="sr-only"> {code}</span>
      </SubmitButton>
    </ActionForm>
  );
}
