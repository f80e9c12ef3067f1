import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { undoRemove, undoSave } from "@/lib/actions/cart";
import { FocusedNotice } from "./focused-notice";

/** What was just taken out, and the way back. */
export function RemovedNotice({
  variantId,
  quantity,
  name,
}: {
  variantId: string;
  quantity: number;
  name: string;
}) {
  return (
    <FocusedNotice>
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <p>{name} is out of your cart.</p>
        <ActionForm action={undoRemove}>
          <input type="hidden" name="variantId" value={variantId} />
          <input type="hidden" name="quantity" value={quantity} />
          <SubmitButton look="quiet" small className="link px-0">
            Undo
          </SubmitButton>
        </ActionForm>
      </div>
    </FocusedNotice>
  );
}

/** What was put on the wishlist, and the way back. */
export function SavedNotice({
  variantId,
  quantity,
  isNew,
  name,
}: {
  variantId: string;
  quantity: number;
  /** It was not on the wishlist before. */
  isNew: boolean;
  name: string;
}) {
  return (
    <FocusedNotice>
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <p>
          {name} is on your{" "}
          <Link href={"/wishlist" as Route} className="link">
            wishlist
          </Link>
          .
        </p>
        <ActionForm action={undoSave}>
          <input type="hidden" name="variantId" value={variantId} />
          <input type="hidden" name="quantity" value={quantity} />
          {isNew && <input type="hidden" name="isNew" value="1" />}
          <SubmitButton look="quiet" small className="link px-0">
            Undo
          </SubmitButton>
        </ActionForm>
      </div>
    </FocusedNotice>
  );
}

/** What came back from the wishlist. */
export function MovedNotice({ name }: { name: string }) {
  return (
    <FocusedNotice>
      <p className="flex min-h-11 items-center">{name} is in your cart.</p>
    </FocusedNotice>
  );
}
