import type { Route } from "next";
import { Link } from "@/components/ui/link";

const STEPS = [
  { key: "address", label: "Address", href: "/checkout" },
  { key: "delivery", label: "Delivery", href: "/checkout/delivery" },
  { key: "payment", label: "Payment", href: "/checkout/payment" },
] as const;
export type StepKey = (typeof STEPS)[number]["key"];

/** Where in the checkout this is. Steps that were done are links, later ones are not. */
export function Steps({ current }: { current: StepKey }) {
  const at = STEPS.findIndex((step) => step.key === current);
  return (
    <nav aria-label="Checkout">
      <ol className="flex gap-5 text-s">
        {STEPS.map((step, i) => (
          <li key={step.key} className="flex min-h-6 items-center">
            {i < at ? (
              <Link href={step.href as Route} className="link">
                {step.label}
              </Link>
            ) : i === at ? (
              <span aria-current="step" className="border-b-2 border-ink font-semibold">
                {step.label}
              </span>
            ) : (
              <span className="text-quiet">{step.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
