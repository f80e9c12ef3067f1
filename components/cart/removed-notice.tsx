import type { Route } from "next";
import Link from "next/link";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { undoRemove } from "@/lib/actions/cart";
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

export function SavedNotice({ name }: { name: string }) {
  return (
    <FocusedNotice>
      {name} is on your{" "}
      <Link href={"/wishlist" as Route} className="link">
        wishlist
      </Link>
      .
    </FocusedNotice>
  );
}
