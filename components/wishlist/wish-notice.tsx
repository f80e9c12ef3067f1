import { FocusedNotice } from "@/components/cart/focused-notice";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { addToWishlist } from "@/lib/actions/wishlist";

/** What just left the list: into the cart, or out, with the way back. */
export function WishNotice({
  kind,
  variantId,
  name,
}: {
  kind: "moved" | "removed";
  variantId: string;
  name: string;
}) {
  return (
    <FocusedNotice>
      {kind === "moved" ? (
        <p className="flex min-h-11 flex-wrap items-center gap-x-2">
          {name} is in your{" "}
          <Link href="/cart" className="link">
            cart
          </Link>
        </p>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-x-6">
          <p>{name} is off your wishlist.</p>
          <ActionForm action={addToWishlist}>
            <input type="hidden" name="variantId" value={variantId} />
            <SubmitButton look="quiet" small className="link px-0">
              Undo
            </SubmitButton>
          </ActionForm>
        </div>
      )}
    </FocusedNotice>
  );
}
