import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import { changeCommission, confirmPayout, failPayout, saveShop } from "@/lib/actions/admin/payouts";
import { RATE_OF_SHOP, rateText } from "@/lib/domain/payouts";
import type { Balance } from "@/lib/queries/admin/books";
import type { Shop } from "@/lib/queries/admin/shops";

/** What the bank did with a payout by hand: it sent the money, or it did not. */
export function SettleForms({ payoutId }: { payoutId: string }) {
  return (
    <div className="grid gap-6">
      <ActionForm action={confirmPayout} className="grid max-w-form gap-3" label="The bank sent it">
        <input type="hidden" name="payoutId" value={payoutId} />
        <TextInput
          name="reference"
          label="The bank’s reference"
          hint="As it stands on the statement; the owner sees it."
          maxLength={140}
          autoComplete="off"
        />
        <SubmitButton small className="justify-self-start">
          The bank sent it
        </SubmitButton>
      </ActionForm>
      <details>
        <summary className="link inline-flex min-h-6 items-center text-signal">It did not go through</summary>
        <ActionForm action={failPayout} className="mt-3 grid max-w-form gap-3" label="It did not go through">
          <input type="hidden" name="payoutId" value={payoutId} />
          <TextInput
            name="reason"
            label="Why"
            hint="The owner is told. What it held is due again."
            maxLength={300}
            autoComplete="off"
          />
          <SubmitButton look="line" small className="justify-self-start">
            It failed
          </SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}

/** What the shop keeps of an owner's orders from now on. */
export function CommissionForm({
  owner: { ownerId, commission, shopCommission },
}: {
  owner: Pick<Balance, "ownerId" | "commission" | "shopCommission">;
}) {
  return (
    <ActionForm action={changeCommission} className="grid max-w-form gap-3" label="Commission">
      <input type="hidden" name="ownerId" value={ownerId} />
      <VersionField version={commission ?? RATE_OF_SHOP} />
      <TextInput
        name="commission"
        label="Commission in percent"
        hint={`Of orders from now on; orders that stand keep theirs. Empty: the shop’s own rate, ${rateText(shopCommission)} %.`}
        optional
        inputMode="decimal"
        autoComplete="off"
        defaultValue={commission === null ? "" : rateText(commission)}
      />
      <SubmitButton look="line" small className="justify-self-start">
        Save the rate
      </SubmitButton>
    </ActionForm>
  );
}

/** What an owner's shop is called, and where it is paid to. */
export function ShopForm({ shop }: { shop: Shop }) {
  return (
    <ActionForm action={saveShop} idPrefix="shop-" className="grid max-w-form gap-3" label="Shop">
      <input type="hidden" name="ownerId" value={shop.ownerId} />
      <VersionField version={shop.version} />
      <TextInput
        name="name"
        label="Name of the shop"
        hint={`Shoppers see it. Its word in addresses stays “${shop.slug}”, so that links go on.`}
        maxLength={80}
        autoComplete="off"
        defaultValue={shop.name}
      />
      <TextInput
        name="stripeAccountId"
        label="Stripe account"
        hint="Like acct_1AbC…, from Connect in Stripe’s dashboard. Payouts go there by transfer; without one you pay by hand."
        optional
        maxLength={100}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className="num"
        defaultValue={shop.stripeAccountId ?? ""}
      />
      <SubmitButton look="line" small className="justify-self-start">
        Save the shop
      </SubmitButton>
    </ActionForm>
  );
}
