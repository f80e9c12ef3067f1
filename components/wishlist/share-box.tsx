"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/pending";
import { shareWishlist, unshareWishlist } from "@/lib/actions/wishlist";

/** The link that shows the list to whoever has it, and its end. */
export function ShareBox({ link }: { link: string | null }) {
  const [copied, setCopied] = useState(false);
  if (!link) {
    return (
      <ActionForm action={shareWishlist}>
        <SubmitButton look="line" small>
          Share the list
        </SubmitButton>
      </ActionForm>
    );
  }
  return (
    <div className="grid w-full max-w-form gap-1">
      <label htmlFor="share-link" className="text-s font-semibold">
        Whoever has this link sees the list
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          id="share-link"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          className="control min-w-0 flex-1 basis-56"
        />
        <Button
          look="line"
          className="hidden scripted:inline-flex"
          onClick={() => navigator.clipboard?.writeText(link).then(() => setCopied(true))}
        >
          <span role="status">{copied ? "Copied" : "Copy"}</span>
        </Button>
        <ActionForm action={unshareWishlist}>
          <SubmitButton look="quiet">Stop sharing</SubmitButton>
        </ActionForm>
      </div>
    </div>
  );
}
