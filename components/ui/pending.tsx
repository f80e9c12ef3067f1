"use client";

import type { ComponentProps } from "react";
import { useFormStatus } from "react-dom";
import { type ButtonLook, buttonClass } from "./button";

/** Three gratings that take turns. Says nothing to screen readers: the words beside it do. */
export function Spinner() {
  return (
    <svg viewBox="0 0 24 24" className="size-4" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="12" cy="12" r="9" strokeWidth="2.5" strokeOpacity="0.25" />
      <path d="M21 12a9 9 0 0 0-9-9" strokeWidth="2.5" strokeLinecap="round">
        <animateTransform
          attributeName="transform"
          type="rotate"
          from="0 12 12"
          to="360 12 12"
          dur="0.8s"
          repeatCount="indefinite"
        />
      </path>
    </svg>
  );
}

/**
 * The button that sends its form. While the answer is on its way it stays in the tab order, says so, and sends
 * nothing twice.
 */
export function SubmitButton({
  look = "filled",
  small = false,
  className,
  pendingLabel = "One moment",
  children,
  onClick,
  ...rest
}: Omit<ComponentProps<"button">, "type"> & { look?: ButtonLook; small?: boolean; pendingLabel?: string }) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
      className={buttonClass(look, small, `grid grid-cols-1 place-items-center ${className ?? ""}`)}
      {...rest}
    >
      {/* Both share one cell, and the second asks for no width: where its words do not fit, they wrap out of sight. */}
      <span
        className={`col-start-1 row-start-1 inline-flex items-center gap-2 ${pending ? "invisible" : ""}`}
      >
        {children}
      </span>
      <span
        role="status"
        className={`col-start-1 row-start-1 flex h-lh w-0 min-w-full flex-wrap items-center justify-center gap-x-2 overflow-hidden ${pending ? "" : "invisible"}`}
      >
        {pending && (
          <>
            <Spinner />
            {pendingLabel}
          </>
        )}
      </span>
    </button>
  );
}
