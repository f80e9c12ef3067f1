"use client";

import { type ReactNode, useState } from "react";
import { ActionForm, type FormAction } from "./action-form";
import type { FormState } from "./form-state";
import { SubmitButton } from "./pending";

/** How what was just done is taken back: the action, and the fields that it is told. */
export type Undo = {
  action: FormAction<FormState>;
  fields: Readonly<Record<string, string>>;
};

/**
 * "Saved. Undo": announced, over the page with scripts, a notice in it without. It stays until it is closed; while rows
 * are ticked, what is done with them has the lower edge.
 */
export function Toast({ children, undo }: { children: ReactNode; undo: Undo }) {
  const [isClosed, setClosed] = useState(false);
  if (isClosed) return null;
  return (
    <div
      data-screen
      className="border-l-4 border-good bg-raised px-4 py-2 scripted:fixed scripted:inset-x-edge scripted:bottom-4 scripted:z-30 scripted:mx-auto scripted:max-w-form scripted:border scripted:border-l-4 scripted:border-good scripted:in-[body:has([data-ticked])]:top-20 scripted:in-[body:has([data-ticked])]:bottom-auto"
    >
      <ActionForm action={undo.action} label="Take it back">
        <div className="flex items-center gap-x-3">
          <p role="status" className="min-w-0 grow py-2 wrap-anywhere">
            {children}
          </p>
          {Object.entries(undo.fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton look="line" small className="shrink-0">
            Undo
          </SubmitButton>
          <button
            type="button"
            onClick={() => setClosed(true)}
            aria-label="Close"
            className="-mr-2 grid size-11 shrink-0 place-items-center text-l unscripted:hidden"
          >
            <span aria-hidden="true">×</span>
          </button>
        </div>
      </ActionForm>
    </div>
  );
}
