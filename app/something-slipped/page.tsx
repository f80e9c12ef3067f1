import type { Metadata } from "next";
import { BrandMark } from "@/components/layout/brand-mark";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = {
  title: { absolute: "Something slipped" },
  description: null,
  robots: { index: false },
};

/**
 * Sent in place of a page that could not be rendered (lib/csp/guard.mjs), without its scripts: so only plain
 * links here, and no name of the shop: the build keeps this page, and the shop may be called otherwise since. The guard writes the number of the error over the dashes.
 */
export default function SomethingSlipped() {
  return (
    <main className="page py-4">
      <BrandMark name="" />
      <EmptyState
        level={1}
        title="Something slipped on our side."
        action={
          <a href="/" className="button button-filled">
            To the front page
          </a>
        }
      >
        <p>Nothing was charged and nothing in your cart is lost. Load the page again in a moment.</p>
        <p className="num mt-2 text-s">If you write to us, name this number: {"----------"}</p>
      </EmptyState>
    </main>
  );
}
