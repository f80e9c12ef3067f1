"use client";

import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { RadioCard } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { saveDelivery } from "@/lib/actions/checkout";
import { DoneStep, type Told } from "./done-step";

interface DeliveryStep {
  readonly rates: readonly {
    readonly id: string;
    readonly name: string;
    readonly arrival: string;
    readonly price: string;
  }[];
  readonly chosen: string | null;
}

/** The deliveries that fit the place and the goods; the cheapest is chosen unless another one was. */
export function DeliveryForm(step: DeliveryStep) {
  return (
    <ActionForm action={saveDelivery} className="grid gap-8">
      <Rates {...step} />
      <StepButtons back="/checkout" backLabel="Back to address">
        <SubmitButton>Continue to payment</SubmitButton>
      </StepButtons>
    </ActionForm>
  );
}

/** The second step once it is done: what was chosen, and the others to choose from in place. */
export function DeliveryDone({ told, ...step }: DeliveryStep & { told: readonly Told[] }) {
  return (
    <ActionForm action={saveDelivery} idPrefix="payment-">
      {(state) => (
        <DoneStep title="Delivery" told={told} isOpen={state.status === "error"}>
          <input type="hidden" name="at" value="payment" />
          <Rates {...step} />
          <SubmitButton look="line" className="justify-self-start max-sm:w-full">
            Save the delivery
          </SubmitButton>
        </DoneStep>
      )}
    </ActionForm>
  );
}

function Rates({ rates, chosen }: DeliveryStep) {
  return (
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
        className="link flex min-h-target items-center self-start text-s sm:self-auto"
      >
        {backLabel}
      </Link>
      {children}
    </div>
  );
}
