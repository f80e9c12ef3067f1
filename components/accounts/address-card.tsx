import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { makeDefaultAddress, removeAddress } from "@/lib/actions/addresses";
import { addressLines } from "@/lib/domain/addresses";

export interface CardAddress {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string;
  readonly phone: string | null;
  readonly isDefaultShipping: boolean;
  readonly isDefaultBilling: boolean;
}

const quiet = "px-0 text-s font-normal underline underline-offset-4";

/** One kept address with what can be done about it. */
export function AddressCard({ address }: { address: CardAddress }) {
  const uses = [address.isDefaultShipping && "Delivery", address.isDefaultBilling && "Bills"].filter(Boolean);
  return (
    <li className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4 border-t pt-4">
      <p className="min-h-6 text-s font-semibold max-sm:empty:hidden">
        {uses.length > 0 && `${uses.join(" and ")} by default`}
      </p>
      <address className="wrap-anywhere not-italic">
        {addressLines(address).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
        {address.phone && <span className="num block text-quiet">{address.phone}</span>}
      </address>
      <div className="flex flex-wrap items-center gap-x-5">
        <Link
          className="link flex min-h-target items-center text-s"
          href={`/account/addresses/${address.id}` as Route}
        >
          Edit<span className="sr-only"> {address.line1}</span>
        </Link>
        {!address.isDefaultShipping && (
          <MakeDefault address={address} purpose="shipping" label="Use for delivery" />
        )}
        {!address.isDefaultBilling && (
          <MakeDefault address={address} purpose="billing" label="Use for bills" />
        )}
        <form action={removeAddress}>
          <input type="hidden" name="id" value={address.id} />
          <SubmitButton look="quiet" small className={quiet}>
            <span>
              Remove<span className="sr-only"> {address.line1}</span>
            </span>
          </SubmitButton>
        </form>
      </div>
    </li>
  );
}

function MakeDefault({
  address,
  purpose,
  label,
}: {
  address: CardAddress;
  purpose: "shipping" | "billing";
  label: string;
}) {
  return (
    <form action={makeDefaultAddress}>
      <input type="hidden" name="id" value={address.id} />
      <input type="hidden" name="purpose" value={purpose} />
      <SubmitButton look="quiet" small className={quiet}>
        <span>
          {label}
          <span className="sr-only">: {address.line1}</span>
        </span>
      </SubmitButton>
    </form>
  );
}
