"use server";

import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { CONTENT_TAG } from "@/lib/cache-tags";
import { contentHtml } from "@/lib/content-html";
import { fillKnown, openedPage, type PageText, typedPage } from "@/lib/domain/content";
import { savedAt } from "@/lib/saved";
import { resetPage, savePage } from "@/lib/services/content";

export interface PagePreview {
  /** As it was typed: a form that was answered forgets it. */
  readonly typed: PageText;
  readonly html: string;
}

/** Saves a page of text, or shows what it would look like. */
export const savePageText = action(
  typedPage,
  { who: "admin" },
  async (admin, { slug, version, do: deed, figures, ...typed }): Promise<PagePreview> => {
    if (deed === "preview")
      return { typed, html: await contentHtml(fillKnown(typed.body, figures), { isOurs: false }) };
    await savePage(admin, { slug, version, ...typed });
    updateTag(CONTENT_TAG);
    redirect(savedAt(admin, `/admin/pages/${slug}`, "saved"), RedirectType.replace);
  },
);

/** Goes back to the text that ships. */
export const resetPageText = action(openedPage, { who: "admin" }, async (admin, opened) => {
  await resetPage(admin, opened);
  updateTag(CONTENT_TAG);
  redirect(savedAt(admin, `/admin/pages/${opened.slug}`, "reset"), RedirectType.replace);
});
