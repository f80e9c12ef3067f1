/** Taking back a change of a page of text: also to the one that ships. */
import { CONTENT_TAG } from "@/lib/cache-tags";
import type { PageText } from "@/lib/domain/content";
import { readPage, resetPage, savePage } from "@/lib/services/content";
import type { Reversible } from "./reversible";

export const pageReverts: Reversible = {
  async read(tx, slug) {
    const page = await readPage(tx, slug);
    if (!page) return undefined;
    const { version, ...fields } = page;
    return { version, fields };
  },
  async apply(admin, { id: slug, version, fields }) {
    const { title, summary, body, isOwn } = fields as unknown as PageText & { isOwn: boolean };
    if (isOwn) await savePage(admin, { slug, version, title, summary, body });
    else await resetPage(admin, { slug, version });
    return [CONTENT_TAG];
  },
};
