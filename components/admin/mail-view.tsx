import { Disclosure } from "@/components/ui/disclosure";

/**
 * A mail as its reader sees it. The frame has no origin and runs no scripts; it keeps the page's own policy, which
 * loads pictures from the shop alone.
 */
export function MailView({ subject, html, text }: { subject: string; html: string; text: string }) {
  return (
    <div className="grid gap-8">
      <iframe title={`Mail: ${subject}`} sandbox="" srcDoc={html} className="h-[44rem] w-full border" />
      <Disclosure title="As text">
        <pre className="font-text whitespace-pre-wrap wrap-anywhere">{text}</pre>
      </Disclosure>
    </div>
  );
}
