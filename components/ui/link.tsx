import type { Route } from "next";
import type { ComponentProps } from "react";

/**
 * A link to a page of the shop: plain HTML, so that a page of fifty has no script for each. `PageLinks`
 * (components/layout) turns a click into a change of page without a reload.
 */
export function Link<T extends string>({
  href,
  how = "",
  ...rest
}: {
  href: Route<T>;
  /** Where the window stays scrolled as it is, or the page takes the place of this one in the history. */
  how?: "" | "stay" | "replace";
} & Omit<ComponentProps<"a">, "href">) {
  return <a href={href} data-page={how} {...rest} />;
}
