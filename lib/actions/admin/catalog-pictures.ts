"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import type { CacheTag } from "@/lib/cache-tags";
import { pictureInput, pictureMoveInput, picturesInput, pictureTextInput } from "@/lib/domain/catalog-input";
import * as pictures from "@/lib/services/catalog-pictures";

/** Adds pictures; each is checked and drawn anew. */
export const addPictures = action(
  picturesInput,
  { who: "staff", limit: { name: "pictures", limit: 300, seconds: 3_600 } },
  async (staff, { productId, alt, files }) => {
    const read = await Promise.all(
      files
        .filter(({ size }) => size > 0)
        .map(async (file) => ({ name: file.name, bytes: Buffer.from(await file.arrayBuffer()) })),
    );
    shown(productId, await pictures.addPictures(staff, { productId, alt, files: read }));
  },
);

export const describePicture = action(pictureTextInput, { who: "staff" }, async (staff, input) => {
  shown(input.productId, await pictures.describePicture(staff, input));
});

/** Puts a picture at another place. */
export const movePicture = action(pictureMoveInput, { who: "staff" }, async (staff, input) => {
  shown(input.productId, await pictures.movePicture(staff, input));
});

export const removePicture = action(pictureInput, { who: "staff" }, async (staff, input) => {
  shown(input.productId, await pictures.removePicture(staff, input));
});

/** The shop and the editor show it with their next request. */
function shown(productId: string, { tags }: { tags: readonly CacheTag[] }): never {
  for (const tag of tags) updateTag(tag);
  redirect(`/admin/products/${productId}?done=pictures#pictures` as Route, RedirectType.replace);
}
