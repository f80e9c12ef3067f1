"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass } from "@/components/ui/button";
import { Spinner } from "@/components/ui/pending";

/** The button that places or pays. It says what it does, and while it does it, a second press does nothing. */
export function PayButton({ busy, children }: { busy: boolean; children: ReactNode }) {
  const { pending } = useFormStatus();
  const isBusy = busy || pending;
  return (
    <button
      type="submit"
      aria-disabled={isBusy || undefined}
      onClick={(event) => isBusy && event.preventDefault()}
      className={buttonClass("filled", false, "num grid min-w-52 place-items-center")}
    >
      <span className={`col-start-1 row-start-1 ${isBusy ? "invisible" : ""}`}>{children}</span>
      <span
        role="status"
        className={`col-start-1 row-start-1 inline-flex items-center gap-2 ${isBusy ? "" : "invisible"}`}
      >
        {isBusy && (
          <>
            <Spinner />
            One moment
          </>
        )}
      </span>
    </button>
  );
}
