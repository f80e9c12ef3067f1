import type { Metadata } from "next";
import { EraseForm } from "@/components/accounts/erase-form";
import { buttonClass } from "@/components/ui/button";
import { getProfile } from "@/lib/queries/accounts";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Your data", robots: { index: false } };

export default async function DataPage() {
  const user = await requireUser("/account/data");
  const { email, hasPassword } = await getProfile(user);
  return (
    <>
      <h1 className="text-xl">Your data</h1>
      <section aria-labelledby="export" className="mt-10 grid max-w-read justify-items-start gap-4">
        <h2 id="export" className="text-l">
          Take it along
        </h2>
        <p className="text-quiet">
          One file with all that we keep about you: profile, addresses, orders with their lines, reviews,
          wishlist, cart, alerts, notifications, mails and devices. It is JSON, which other programs can read.
        </p>
        {/* A file, not a page: the router must not fetch it. */}
        <a href="/api/account/export" download className={buttonClass("line")}>
          Download your data
        </a>
      </section>
      <section aria-labelledby="erase" className="mt-14 border-t pt-8">
        <h2 id="erase" className="text-l">
          Delete the account
        </h2>
        <div className="mt-4 mb-6 grid max-w-read gap-4 text-quiet">
          <p>
            <b className="text-ink">What goes:</b> name, e-mail and phone, password and sign-ins, addresses,
            reviews and votes, wishlist, cart, alerts, notifications, and every mail we wrote to you. You are
            signed out everywhere.
          </p>
          <p>
            <b className="text-ink">What stays:</b> the sums and pieces of your orders with their country,
            because the books need them. Your name, street and e-mail are taken out of them.
          </p>
          <p>
            Orders must have arrived first, and returns and refunds be finished. After that nobody can tell
            who bought what: a thing that you want to send back, send back before.
          </p>
        </div>
        {user.kind === "customer" ? (
          <EraseForm email={email} hasPassword={hasPassword} />
        ) : (
          <p className="max-w-read">
            This account works in the back office, so it cannot be deleted here. Ask an admin to make it a
            customer's account first.
          </p>
        )}
      </section>
    </>
  );
}
