import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { openLinkedCart, stopReminders } from "@/lib/actions/cart-link";

export interface CartLinkProps {
  cartId: string;
  cartKey: string;
}

function LinkFields({ cartId, cartKey }: CartLinkProps) {
  return (
    <>
      <input type="hidden" name="link.cartId" value={cartId} />
      <input type="hidden" name="link.key" value={cartKey} />
    </>
  );
}

/** The goods of a cart that a mail's link leads to, and the press that takes them over. */
export function LinkedCart({
  isAccount,
  items,
  ...link
}: CartLinkProps & {
  /** It opens after signing in. */
  isAccount: boolean;
  items: readonly {
    id: string;
    name: string;
    variantTitle: string;
    quantity: number;
    imageKey: string | null;
    imageBackdrop: string | null;
  }[];
}) {
  return (
    <div className="grid gap-8">
      <ul className="grid gap-4">
        {items.map((item) => (
          <li key={item.id} className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-center gap-4">
            <Picture
              src={item.imageKey && `/media/${item.imageKey}`}
              alt=""
              sizes="4.5rem"
              backdrop={backdropOf(item.imageBackdrop)}
            />
            <div className="min-w-0">
              <p className="font-semibold">{item.name}</p>
              <p className="text-s text-quiet">
                {item.variantTitle && <>{item.variantTitle} · </>}
                <span className="sr-only">Quantity </span>
                {item.quantity}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {isAccount ? (
        <LinkButton href={"/sign-in?callbackUrl=%2Fcart" as Route} className="justify-self-start">
          Sign in to open it
        </LinkButton>
      ) : (
        <ActionForm action={openLinkedCart} label="Open the cart">
          <LinkFields {...link} />
          <SubmitButton>Put it into my cart</SubmitButton>
        </ActionForm>
      )}
    </div>
  );
}

/** Ends mails about carts: a press, because mail programs open links by themselves. */
export function StopReminders(link: CartLinkProps) {
  return (
    <ActionForm action={stopReminders} label="No more reminders">
      <LinkFields {...link} />
      <SubmitButton>Send no more reminders</SubmitButton>
    </ActionForm>
  );
}
