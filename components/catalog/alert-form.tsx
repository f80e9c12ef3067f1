"use client";

import { useEffect, useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { cx } from "@/components/ui/cx";
import { Disclosure } from "@/components/ui/disclosure";
import { TextInput } from "@/components/ui/field";
import type { FormState } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { askForAlert, forgetAlert } from "@/lib/actions/alerts";

type Kind = "back_in_stock" | "price_drop";
type Asked = FormState & { data?: { isWaiting: boolean; email: string } };

const WORDS = {
  back_in_stock: {
    ask: "Tell me when it is back",
    consent: "One mail when it is back, and nothing else. Every mail has a link that stops it.",
    kept: (email: string) => `Kept. We write to ${email} once, when it is back.`,
    over: "It is back: load this page again and it can be bought.",
    waits: (email: string) => `We write to ${email} when it is back.`,
  },
  price_drop: {
    ask: "Tell me when it costs less",
    consent: "One mail when it costs less than now, and nothing else. Every mail has a link that stops it.",
    kept: (email: string) => `Kept. We write to ${email} once, when it costs less.`,
    over: "Its price changed just now: load this page again.",
    waits: (email: string) => `We write to ${email} when it costs less than it did.`,
  },
} as const;

/** Asks to hear of a variant, with an address; whoever is signed in sees what they wait for, and its end. */
export function AlertForm({
  variantId,
  kind,
  email,
  isWaiting,
  isFolded = false,
  onChanged,
}: {
  variantId: string;
  kind: Kind;
  /** The signed-in visitor's address, once it is known. */
  email: string | null;
  isWaiting: boolean;
  /** The fields unfold; what was answered stands open, without scripts too. */
  isFolded?: boolean;
  onChanged: () => void;
}) {
  const words = WORDS[kind];
  if (isWaiting && email)
    return (
      <ActionForm
        key={`waits-${variantId}`}
        action={forgetAlert}
        label="Alert"
        className={cx("flex flex-wrap items-center justify-between gap-3", isFolded && "border-t py-3")}
      >
        {(state) => (
          <>
            <Changed state={state} onOk={onChanged} />
            <p role="status" className="min-w-0 flex-1 basis-56 text-s wrap-anywhere">
              {words.waits(email)}
            </p>
            <input type="hidden" name="variantId" value={variantId} />
            <input type="hidden" name="kind" value={kind} />
            <SubmitButton look="line" small>
              Stop
            </SubmitButton>
          </>
        )}
      </ActionForm>
    );
  return (
    // Another variant is another form: what was answered says nothing about this one.
    <ActionForm<Asked> key={`ask-${variantId}`} action={askForAlert} label={words.ask} className="grid gap-3">
      {(state) => {
        if (state.status === "ok" && state.data)
          return (
            <>
              <Changed state={state} onOk={onChanged} />
              <Notice
                tone={state.data.isWaiting ? "success" : "info"}
                className={cx("text-s wrap-anywhere", isFolded && "mb-3")}
              >
                {state.data.isWaiting ? words.kept(state.data.email) : words.over}
              </Notice>
            </>
          );
        const fields = (
          <div className="grid gap-3">
            <input type="hidden" name="variantId" value={variantId} />
            <input type="hidden" name="kind" value={kind} />
            <TextInput
              // The address of the account arrives after the page.
              key={email}
              name="email"
              id={`email-${kind}`}
              label="E-mail"
              hint={words.consent}
              type="email"
              autoComplete="email"
              inputMode="email"
              defaultValue={email ?? undefined}
            />
            <SubmitButton
              look={kind === "back_in_stock" ? "filled" : "line"}
              className="sm:justify-self-start"
              pendingLabel="Keeping it"
            >
              {words.ask}
            </SubmitButton>
          </div>
        );
        if (!isFolded) return fields;
        return (
          <Disclosure
            title={words.ask}
            open={state.status === "error" || undefined}
            className="last:border-b-0"
          >
            {fields}
          </Disclosure>
        );
      }}
    </ActionForm>
  );
}

/** Tells the page once an answer that something changed. */
function Changed({ state, onOk }: { state: FormState; onOk: () => void }) {
  const told = useRef<FormState>(undefined);
  useEffect(() => {
    if (state.status !== "ok" || told.current === state) return;
    told.current = state;
    onOk();
  }, [state, onOk]);
  return null;
}
