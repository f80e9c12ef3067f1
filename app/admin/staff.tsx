/** Who may enter: asked by every page of the back office for itself, because a layout guards nothing. */
import type { Route } from "next";
import { NotHere } from "@/components/layout/not-here";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Staff } from "@/lib/domain/actors";
import { getSession, getShopper } from "@/lib/session";

/** The owner or admin who asks; null for everybody else, who gets `NoEntry`. */
export async function enter(): Promise<Staff | null> {
  const shopper = await getShopper();
  return shopper.kind === "owner" || shopper.kind === "admin" ? shopper : null;
}

/**
 * Guests are led to the sign-in and come back to `from`; to customers there is nothing here.
 * A redirect would come after the first byte and show nothing where scripts are off.
 */
export async function NoEntry({ from }: { from: string }) {
  const [shopper, session] = await Promise.all([getShopper(), getSession()]);
  if (session?.needsFactor)
    return (
      <div className="page">
        <EmptyState
          level={1}
          title="Set up your second factor first."
          action={
            <LinkButton href={"/account/profile#second-factor" as Route}>Go to your profile</LinkButton>
          }
        />
      </div>
    );
  if (shopper.kind !== "guest") return <NotHere title="No line crosses here." />;
  const signIn = `/sign-in?callbackUrl=${encodeURIComponent(from)}`;
  return (
    <div className="page">
      <meta httpEquiv="refresh" content={`0;url=${signIn}`} />
      <EmptyState
        level={1}
        title="Please sign in first."
        action={<LinkButton href={signIn as Route}>Sign in</LinkButton>}
      />
    </div>
  );
}
