"use client";

import { EmptyState } from "@/components/ui/empty-state";

// Plain elements: this code is loaded with every page, and the link loads the page anew, which is what is wanted.
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <main id="content" className="page">
      <EmptyState
        level={1}
        title="Something slipped on our side."
        action={
          <div className="flex flex-wrap gap-4">
            <button
              type="button"
              onClick={reset}
              className="button button-filled hidden scripted:inline-flex"
            >
              Try again
            </button>
            <a href="/" className="button button-line">
              To the front page
            </a>
          </div>
        }
      >
        <p>Nothing was charged and nothing in your cart is lost.</p>
        {error.digest && (
          <p className="num mt-2 text-s">If you write to us, name this number: {error.digest}</p>
        )}
      </EmptyState>
    </main>
  );
}
