import type { ReactNode } from "react";
import { AccountNav } from "@/components/accounts/account-nav";
import { countUnread } from "@/lib/queries/notifications";
import { getShopper } from "@/lib/session";

export const instant = false;

export default async function AccountLayout({ children }: { children: ReactNode }) {
  // Guests are led to the sign-in by the page itself.
  const shopper = await getShopper();
  const unread = shopper.kind === "guest" ? 0 : await countUnread(shopper);
  return (
    <div className="page grid gap-6 py-6 lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-16 lg:py-14">
      <div className="lg:sticky lg:top-[calc(var(--spacing-bar)+3.5rem)] lg:self-start">
        <AccountNav unread={unread} />
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
