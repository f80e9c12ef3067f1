import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Unknown ids and other people's ids get this one answer. */
export function NothingHere({ back, backLabel }: { back: string; backLabel: string }) {
  return (
    <EmptyState
      level={1}
      title="Nothing here."
      action={
        <LinkButton href={back as Route} look="line" small>
          {backLabel}
        </LinkButton>
      }
    >
      <p>There is nothing under this address that you can see.</p>
    </EmptyState>
  );
}
