import type { Metadata, Route } from "next";
import { Door } from "@/components/accounts/door";
import { StopReminders } from "@/components/cart/linked-cart";
import { LinkButton } from "@/components/ui/button";
import { isCartLink } from "@/lib/queries/cart-link";

export const instant = false;
export const metadata: Metadata = {
  title: "Reminders of carts",
  robots: { index: false },
  referrer: "same-origin",
};

type Query = Record<string, string | string[] | undefined>;

export default async function RemindersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { cart, key, done } = await searchParams;
  if (done !== undefined)
    return (
      <Door
        title="No more reminders"
        intro="We write about a cart again only if you ask for it at the checkout."
      >
        <LinkButton href={"/search" as Route}>See all pieces</LinkButton>
      </Door>
    );
  if (!isCartLink(cart, key))
    return (
      <Door
        title="This link is not whole"
        intro="Please open it from the mail once more, or copy all of it. You can also answer that mail."
      >
        <LinkButton href="/">To the front page</LinkButton>
      </Door>
    );
  return (
    <Door
      title="No more reminders?"
      intro="We then send no mail about carts to this address. Mails about your orders still come."
    >
      <StopReminders cartId={cart} cartKey={String(key)} />
    </Door>
  );
}
