import { OrderFields } from "@/components/orders/order-fields";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { claimOrder, keepOrder } from "@/lib/actions/accounts";
import { NewPassword } from "./new-password";

/** After the purchase: a guest opens an account by a password alone; who has one keeps the order in it. */
export function ClaimForm({
  how,
  orderId,
  number,
  orderKey,
  email,
}: {
  how: "open" | "keep";
  orderId: string;
  number: string;
  orderKey: string | null;
  email: string;
}) {
  return (
    <section aria-labelledby="claim" className="grid gap-4 border-t pt-6">
      <h2 id="claim" className="text-m font-semibold">
        {how === "open" ? "Keep this order in an account" : "Keep this order in your account"}
      </h2>
      {how === "open" ? (
        <ActionForm action={claimOrder} className="grid max-w-form gap-4" label="Create an account">
          <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
          <p className="text-quiet wrap-anywhere">
            A password is all it takes. You sign in as {email}, and the order stands in your account.
          </p>
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <NewPassword />
          <SubmitButton look="line" className="justify-self-start max-sm:w-full">
            Create account
          </SubmitButton>
        </ActionForm>
      ) : (
        <ActionForm action={keepOrder} className="grid justify-items-start gap-4" label="Keep this order">
          <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
          <p className="text-quiet">It was placed without signing in. Here it stands with your others.</p>
          <SubmitButton look="line">Keep it</SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}
