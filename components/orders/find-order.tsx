import { FindForm } from "./find-form";

/** What a person sees who is not known to have placed this order, or who comes without a number. */
export function FindOrder({ number, next }: { number?: string; next?: "return" }) {
  return (
    <div className="page py-8 lg:py-16">
      <h1 className="text-xl">Find your order</h1>
      <p className="mt-3 mb-8 max-w-read text-quiet">
        The address of its page opens it directly. Without it, the number and your e-mail do.
      </p>
      <FindForm {...(number ? { number: number.slice(0, 20) } : {})} {...(next ? { next } : {})} />
    </div>
  );
}
