import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/accounts/door";
import { CodeInput } from "@/components/accounts/second-factor";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { signOut } from "@/lib/actions/accounts";
import { giveSecondFactor } from "@/lib/actions/second-factor";
import { safeCallback } from "@/lib/domain/accounts";
import { getShopper, getWaiting } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Your code", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function CodePage({ searchParams }: { searchParams: Promise<Query> }) {
  const [shopper, waiting, query] = await Promise.all([getShopper(), getWaiting(), searchParams]);
  const callbackUrl = safeCallback(query.callbackUrl);
  if (shopper.kind !== "guest") redirect(callbackUrl as Route);
  if (!waiting) redirect(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}` as Route);
  return (
    <Door title="Your code" intro={<p>Your password was right. Now the code from your app.</p>}>
      <ActionForm action={giveSecondFactor} className="grid gap-5" label="Second step">
        <input type="hidden" name="callbackUrl" value={callbackUrl} />
        <CodeInput hint="Six digits. Without your phone: one of your recovery codes." />
        <SubmitButton className="mt-2 justify-self-start max-sm:w-full">Sign in</SubmitButton>
      </ActionForm>
      <form action={signOut} className="mt-8 border-t pt-6">
        <SubmitButton look="quiet" small className="px-0 font-normal underline">
          Not you? Sign in as somebody else
        </SubmitButton>
      </form>
    </Door>
  );
}
