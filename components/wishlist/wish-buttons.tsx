import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { moveToCart, removeFromWishlist } from "@/lib/actions/wishlist";

/** What the owner of a wishlist can do with a piece. */
export function WishButtons({
  variantId,
  name,
  canMove,
}: {
  variantId: string;
  name: string;
  canMove: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {canMove && (
        <ActionForm action={moveToCart}>
          <input type="hidden" name="variantId" value={variantId} />
          <SubmitButton look="line" small>
            Move to cart<span className="sr-only"> {name}</span>
          </SubmitButton>
        </ActionForm>
      )}
      <ActionForm action={removeFromWishlist}>
        <input type="hidden" name="variantId" value={variantId} />
        <SubmitButton look="quiet" small className="link px-0 font-normal hover:bg-transparent!">
          Remove<span className="sr-only"> {name}</span>
        </SubmitButton>
      </ActionForm>
    </div>
  );
}
