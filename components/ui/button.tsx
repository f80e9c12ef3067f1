import type { Route } from "next";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Link } from "./link";

export type ButtonLook = "filled" | "line" | "quiet";

const looks: Record<ButtonLook, string> = {
  filled: "button-filled",
  line: "button-line",
  quiet: "button-quiet",
};

/** The classes of a button, for elements that must stay what they are (a `summary`, a `label`). */
export function buttonClass(look: ButtonLook = "filled", small = false, className?: string): string {
  return cx("button", looks[look], small && "button-small", className);
}

type Look = { look?: ButtonLook; small?: boolean };

/** A native button. `look` filled once a screen, `line` beside it, `quiet` for the rest. */
export function Button({
  look = "filled",
  small = false,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Look) {
  return <button type={type} className={buttonClass(look, small, className)} {...rest} />;
}

/** A link that looks like a button. Pages are fetched ahead by components/layout/prefetcher.tsx, not link by link. */
export function LinkButton<T extends string>({
  look = "filled",
  small = false,
  className,
  href,
  children,
}: Look & { href: Route<T>; className?: string; children: ReactNode }) {
  return (
    <Link href={href} className={buttonClass(look, small, className)}>
      {children}
    </Link>
  );
}
