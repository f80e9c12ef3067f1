"use client";

import { Button, LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

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
            <Button onClick={reset} className="hidden scripted:inline-flex">
              Try again
            </Button>
            <LinkButton href="/" look="line">
              To the front page
            </LinkButton>
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
