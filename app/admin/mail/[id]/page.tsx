import type { Metadata, Route } from "next";
import { MailState } from "@/components/admin/mail-table";
import { MailView } from "@/components/admin/mail-view";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { resendMail } from "@/lib/actions/admin/mail";
import { type Query, textOf } from "@/lib/domain/back-office";
import { momentText } from "@/lib/domain/moments";
import { getMail } from "@/lib/queries/admin/mail";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Mail" };

const PATH = "/admin/mail";

export default async function AdminMailPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Query>;
}) {
  const [staff, { id }, query, { timeZone }] = await Promise.all([enter(), params, searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const mail = await getMail(staff, id);
  if (!mail) return <NothingHere back={PATH} backLabel="All mail" />;
  return (
    <>
      <PageHead
        title={mail.subject}
        steps={[{ label: "Mail", href: PATH }]}
        line={
          <>
            To <span className="wrap-anywhere">{mail.toEmail}</span>, written{" "}
            {momentText(mail.createdAt, timeZone)}
            {mail.sentAt && `, sent ${momentText(mail.sentAt, timeZone)}`}
            {mail.orderNumber && (
              <>
                , for{" "}
                <Link href={`/admin/orders/${mail.orderNumber}` as Route} className="link num">
                  {mail.orderNumber}
                </Link>
              </>
            )}
          </>
        }
        done={textOf(query, "done") === "queued" ? "It is back in the queue." : undefined}
      >
        <div className="flex flex-wrap items-center gap-4">
          <MailState status={mail.status} />
          {mail.canResend && (
            <ActionForm action={resendMail} label="Send again" quiet>
              <input type="hidden" name="mailId" value={mail.id} />
              <SubmitButton look="line" small>
                {mail.status === "failed" ? "Try again" : "Send it now"}
              </SubmitButton>
            </ActionForm>
          )}
        </div>
      </PageHead>
      {mail.lastError && (
        <Notice
          tone="error"
          title={mail.status === "failed" ? "It did not go out." : "Not yet."}
          className="mb-6"
        >
          {mail.lastError} ({mail.attempts} {mail.attempts === 1 ? "try" : "tries"})
        </Notice>
      )}
      {mail.hasSecrets && (
        <p className="mb-6 text-s text-quiet">
          The secret of its link is left out: only the reader of the mail may use it.
        </p>
      )}
      <MailView subject={mail.subject} html={mail.html} text={mail.text} />
    </>
  );
}
