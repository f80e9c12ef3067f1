"use client";

import { type ReactNode, useId, useRef } from "react";
import { Button, type ButtonLook } from "./button";
import { cx } from "./cx";

/**
 * A native modal dialog with the button that opens it. Needs scripts: offer a page for the same thing where
 * the content must be reachable without. `side` slides it in as a drawer.
 */
export function Dialog({
  trigger,
  triggerLook = "line",
  title,
  children,
  side = false,
}: {
  trigger: ReactNode;
  triggerLook?: ButtonLook;
  title: string;
  children: ReactNode;
  side?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  return (
    <>
      <Button look={triggerLook} aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
        {trigger}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={heading}
        // A press on the backdrop has the dialog itself as its target.
        onPointerDown={(event) => event.target === event.currentTarget && event.currentTarget.close()}
        className={cx(
          "max-h-dvh w-full max-w-form bg-paper p-0",
          side ? "mr-0 ml-auto min-h-dvh" : "rounded-control",
        )}
      >
        <div className="grid gap-6 p-6">
          <div className="flex items-start justify-between gap-4">
            <h2 id={heading} className="text-l">
              {title}
            </h2>
            <form method="dialog">
              <button
                type="submit"
                aria-label="Close"
                className="-m-2 grid size-11 place-items-center text-l"
              >
                ×
              </button>
            </form>
          </div>
          {children}
        </div>
      </dialog>
    </>
  );
}
