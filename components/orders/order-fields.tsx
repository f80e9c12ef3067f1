/** What opens an order in a form: its id, and the signed link's parts where there is one. */
export function OrderFields({
  orderId,
  number,
  orderKey,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
}) {
  return (
    <>
      <input type="hidden" name="orderId" value={orderId} />
      <input type="hidden" name="orderNumber" value={number} />
      {orderKey && <input type="hidden" name="key" value={orderKey} />}
    </>
  );
}
