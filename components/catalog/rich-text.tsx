import type { RichText as Text } from "@/lib/rich-text";

/** A description that was cleaned by `lib/rich-text.ts`; what is long unfolds, without scripts too. */
export function RichText({ text }: { text: Text }) {
  return (
    <>
      <Cleaned html={text.html} />
      {text.rest && (
        <details className="group/rest mt-3">
          <summary className="link inline-flex min-h-6 items-center group-open/rest:mb-3">
            <span className="group-open/rest:hidden">Read on</span>
            <span className="hidden group-open/rest:inline">Read less</span>
          </summary>
          <Cleaned html={text.rest} />
        </details>
      )}
    </>
  );
}

function Cleaned({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: an allow-list has cleaned it, at this reading too.
  return <div className="rich" dangerouslySetInnerHTML={{ __html: html }} />;
}
