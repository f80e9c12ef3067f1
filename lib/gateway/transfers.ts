/** Transfers to owners' connected accounts: the way of a payout through the payment provider. */
import { type TransferView, transferView } from "./gateway";
import { call } from "./stripe";

/**
 * Sends a payout to an owner's account, once: `payoutId` is the idempotency key, and since the provider forgets keys
 * after a day, a transfer that is there already is looked up first. `amount` in minor units.
 * @throws GatewayRefusal `balance_insufficient`, `insufficient_capabilities_for_transfer`, `resource_missing` …;
 * ShopError gateway_unavailable
 */
export async function sendTransfer(input: {
  payoutId: string;
  accountId: string;
  amount: number;
  currency: string;
}): Promise<TransferView> {
  const { payoutId, accountId, amount } = input;
  const before = await call((api) => api.transfers.list({ transfer_group: payoutId, limit: 1 }));
  const [sent] = before.data;
  if (sent) return transferView(sent);
  const params = {
    amount,
    currency: input.currency.toLowerCase(),
    destination: accountId,
    transfer_group: payoutId,
    metadata: { payout_id: payoutId },
  };
  return transferView(
    await call((api) => api.transfers.create(params, { idempotencyKey: `transfer:${payoutId}` })),
  );
}
