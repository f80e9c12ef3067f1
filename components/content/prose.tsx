/** The text of a page of content/, which was sanitised when it was rendered (lib/queries/content.ts). */
export function Prose({ html }: { html: string }) {
  return (
    <div
      className="grid gap-5 text-m [&_a]:link [&_blockquote]:border-l [&_blockquote]:pl-5 [&_blockquote]:text-quiet [&_figcaption]:mt-2 [&_figcaption]:text-s [&_figcaption]:text-quiet [&_figure]:my-4 [&_h2]:mt-8 [&_h2]:text-l [&_h3]:mt-4 [&_h3]:font-text [&_h3]:font-semibold [&_img]:h-auto [&_img]:w-full [&_li]:pl-1 [&_ol]:grid [&_ol]:list-decimal [&_ol]:gap-2 [&_ol]:pl-5 [&_p]:max-w-read [&_table]:w-full [&_table]:table-fixed [&_table]:text-s [&_td]:border-t [&_td]:py-2.5 [&_td]:pr-4 [&_td]:align-top [&_th]:py-2 [&_th]:pr-4 [&_th]:text-left [&_th]:align-bottom [&_ul]:grid [&_ul]:list-disc [&_ul]:gap-2 [&_ul]:pl-5"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own pages, and sanitised.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
