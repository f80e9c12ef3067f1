import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/**
 * For a page that is rendered per request and has nothing to show (an order that is not there, or not yours).
 * There `notFound()` would come after the first byte: status 200 and an empty page where scripts are off.
 */
export function NotHere({ title = "Nothing here.", children }: { title?: string; children?: ReactNode }) {
  return (
    <div className="page">
      <meta name="robots" content="noindex" />
      <EmptyState level={1} title={title} action={<LinkButton href="/">To the front page</LinkButton>}>
        {children}
      </EmptyState>
    </div>
  );
}
