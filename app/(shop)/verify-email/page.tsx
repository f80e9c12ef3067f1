import type { Metadata, Route } from "next";
import { Door } from "@/components/accounts/door";
import { SendVerificationForm, VerifyForm } from "@/components/accounts/proof-forms";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { getShopper } from "@/lib/session";

export const instant = false;
// The address holds a secret: no other site may learn it. (With none at all the form would lose its origin.)
export const metadata: Metadata = {
  title: "Confirm your address",
  robots: { index: false },
  referrer: "same-origin",
};

type Query = Record<string, string | string[] | undefined>;

export default async function VerifyEmailPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ token, done, sent }, shopper] = await Promise.all([searchParams, getShopper()]);
  const isGuest = shopper.kind === "guest";
  if (done !== undefined)
    return (
      <Door title="Your address is confirmed" intro="Thank you. There is nothing else to do.">
        <LinkButton href={(isGuest ? "/sign-in" : "/account") as Route}>
          {isGuest ? "Sign in" : "Your account"}
        </LinkButton>
      </Door>
    );
  if (typeof token === "string" && token)
    return (
      <Door title="Confirm your address" intro="One press, and we know that it is yours.">
        <VerifyForm token={token} />
      </Door>
    );
  return (
    <Door
      title="Confirm your address"
      intro="It takes the link that we send to it. The link works once, for a day."
    >
      {sent !== undefined && (
        <Notice tone="success" title="Look into your mailbox." className="mb-8">
          Unless your address is confirmed already, a new link is on its way to it.
        </Notice>
      )}
      {isGuest ? (
        <LinkButton href={"/sign-in?callbackUrl=/verify-email" as Route}>Sign in for a new link</LinkButton>
      ) : (
        <SendVerificationForm />
      )}
    </Door>
  );
}
