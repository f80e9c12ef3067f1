"use client";

import { ActionForm } from "@/components/ui/action-form";
import { StatusDot } from "@/components/ui/badge";
import { Select, TextInput } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import type { ActionState } from "@/lib/action";
import { type TrialAnswer, testDiscount } from "@/lib/actions/admin/discounts";

/** A cart to hold against a code: which discounts apply, the sum, and why each other does not. */
export function DiscountTester({
  code,
  lines,
  country,
  countries,
}: {
  /** Filled in for the discount that is looked at. */
  code: string;
  /** How many kinds of goods there is room for. */
  lines: number;
  country: string;
  countries: readonly { code: string; name: string }[];
}) {
  return (
    <ActionForm<ActionState<TrialAnswer>> action={testDiscount} label="Try a cart">
      {(state) => (
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
          <div className="grid content-start gap-5">
            <TextInput
              name="code"
              id="trial-code"
              label="Code"
              defaultValue={state.data?.typed.code ?? code}
              optional
              maxLength={40}
              autoComplete="off"
              spellCheck={false}
            />
            <fieldset className="grid gap-3">
              <legend className="mb-2 text-s font-semibold">In the cart</legend>
              {Array.from({ length: lines }, (_, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows never move
                <div key={i} className="grid grid-cols-[1fr_5rem] gap-3">
                  <TextInput
                    name={`lines.${i}.goods`}
                    label={<span className="sr-only">Goods {i + 1}, name or SKU</span>}
                    placeholder="Name or SKU"
                    defaultValue={state.data?.typed.lines[i]?.goods}
                    required={i === 0}
                    maxLength={160}
                    autoComplete="off"
                  />
                  <TextInput
                    name={`lines.${i}.quantity`}
                    label={<span className="sr-only">How many of goods {i + 1}</span>}
                    defaultValue={state.data?.typed.lines[i]?.quantity ?? "1"}
                    required={false}
                    inputMode="numeric"
                    autoComplete="off"
                    className="num"
                  />
                </div>
              ))}
            </fieldset>
            <TextInput
              name="email"
              id="trial-email"
              label="Customer"
              hint="Their e-mail: earlier uses and the membership count."
              type="email"
              defaultValue={state.data?.typed.email}
              optional
              autoComplete="off"
            />
            <div className="grid gap-5 sm:grid-cols-2">
              <Select
                name="country"
                id="trial-country"
                label="Goes to"
                defaultValue={state.data?.typed.country ?? country}
              >
                {countries.map((each) => (
                  <option key={each.code} value={each.code}>
                    {each.name}
                  </option>
                ))}
              </Select>
              <TextInput
                name="region"
                label="Region"
                defaultValue={state.data?.typed.region}
                optional
                maxLength={80}
                autoComplete="off"
              />
            </div>
            <SubmitButton small look="line" className="justify-self-start">
              Try it
            </SubmitButton>
          </div>
          <div aria-live="polite">
            {state.status === "ok" && state.data && <Answer answer={state.data} />}
          </div>
        </div>
      )}
    </ActionForm>
  );
}

function Answer({ answer }: { answer: TrialAnswer }) {
  const { code, applied, refused, lines, sums } = answer;
  return (
    <div className="grid gap-6">
      {code && (
        <Notice tone={code.applies ? "success" : "info"} title={code.text}>
          {code.says}
        </Notice>
      )}
      {applied.length > 0 && (
        <Verdicts
          title="Applies"
          rows={applied.map((each) => ({ ...each, says: each.amount }))}
          tone="good"
        />
      )}
      {refused.length > 0 && (
        <Verdicts
          title="Does not apply"
          rows={refused.map((each) => ({ ...each, says: each.reason }))}
          tone="quiet"
        />
      )}
      {applied.length + refused.length === 0 && <p className="text-quiet">No discount applies by itself.</p>}
      <div>
        <h3 className="mb-2 font-text text-s font-semibold tracking-normal">The cart</h3>
        <dl className="border-t">
          {lines.map(({ name, note, subtotal }) => (
            <Line key={name} label={note ? `${name} (${note})` : name} amount={subtotal} />
          ))}
          {sums.map(({ label, amount }) => (
            <Line key={label} label={label} amount={amount} strong={label === "Total"} />
          ))}
        </dl>
      </div>
    </div>
  );
}

function Verdicts({
  title,
  rows,
  tone,
}: {
  title: string;
  rows: readonly { title: string; code: string | null; says: string }[];
  tone: "good" | "quiet";
}) {
  return (
    <div>
      <h3 className="mb-2 font-text text-s font-semibold tracking-normal">{title}</h3>
      <ul className="border-t">
        {rows.map((row) => (
          <li key={`${row.code}/${row.title}`} className="grid gap-x-4 border-b py-2 sm:grid-cols-[1fr_auto]">
            <StatusDot tone={tone}>
              <span className="wrap-anywhere">
                {row.title} {row.code && <span className="num text-s text-quiet">{row.code}</span>}
              </span>
            </StatusDot>
            <span className="num text-s sm:max-w-80 sm:text-right">{row.says}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ label, amount, strong = false }: { label: string; amount: string; strong?: boolean }) {
  return (
    <div className={`flex justify-between gap-4 border-b py-2 ${strong ? "font-semibold" : ""}`}>
      <dt className="wrap-anywhere">{label}</dt>
      <dd className="num whitespace-nowrap">{amount}</dd>
    </div>
  );
}
