import type { Route } from "next";
import Link from "next/link";
import { ActionForm } from "@/components/ui/action-form";
import { RadioCard } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { saveDelivery } from "@/lib/actions/checkout";

/** The deliveries that fit the place and the goods; the cheapest is chosen unless another one was. */
export function DeliveryForm({
  rates,
  chosen,
}: {
  rates: readonly { id: string; name: string; arrival: string; price: string }[];
  chosen: string | null;
}) {
  return (
    <ActionForm action={saveDelivery} className="grid gap-8">
      <fieldset className="grid gap-3">
        <legend className="sr-only">Delivery</legend>
        {rates.map((rate) => (
          <RadioCard
            key={rate.id}
            name="shippingRateId"
            value={rate.id}
            title={rate.name}
            detail={`Arrives ${rate.arrival}`}
            end={rate.price}
            defaultChecked={rate.id === chosen}
            required
          />
        ))}
      </fieldset>
      <StepButtons back="/checkout" backLabel="Back to address">
        <SubmitButton>Continue to payment</SubmitButton>
      </StepButtons>
    </ActionForm>
  );
}

/** Back on the left, on on the right; on phones the way on comes first. */
export function StepButtons({
  back,
  backLabel,
  children,
}: {
  back: string;
  backLabel: string;
  children: React.ReactNode;
}) {
  return (
    <div className="flex flex-col-reverse gap-4 sm:flex-row sm:items-center sm:justify-between">
      <Link
        href={back as Route}
        prefetch={false}
        className="link flex min-h-target items-center self-start text-s sm:self-auto"
      >
        {backLabel}
      </Link>
      {children}
    </div>
  );
}
