import { dateText } from "@/lib/domain/moments";
import { piecesText, type Slip } from "@/lib/domain/slips";

/** A packing slip on paper of its own. */
export function SlipSheet({
  slip,
  storeName,
  timeZone,
}: {
  slip: Slip;
  storeName: string;
  timeZone: string;
}) {
  const id = `slip-${slip.number}-${slip.seller}`;
  return (
    <article
      aria-labelledby={id}
      className="border-t py-8 break-after-page last:break-after-auto print:border-t-0"
    >
      <p className="font-display text-l">{storeName}</p>
      <div className="mt-6 grid gap-6 sm:grid-cols-2 print:grid-cols-2">
        <address className="text-l not-italic">
          {slip.to.map((line) => (
            <span key={line} className="block wrap-anywhere">
              {line}
            </span>
          ))}
        </address>
        <dl className="num grid grid-cols-[auto_1fr] content-start gap-x-6 gap-y-1">
          <dt className="text-quiet">Order</dt>
          <dd className="font-semibold">{slip.number}</dd>
          <dt className="text-quiet">Ordered</dt>
          <dd>{dateText(slip.placedAt, timeZone)}</dd>
          <dt className="text-quiet">Packed by</dt>
          <dd>{slip.seller}</dd>
          <dt className="text-quiet">Delivery</dt>
          <dd>{slip.delivery}</dd>
        </dl>
      </div>
      <h2 id={id} className="mt-8 text-l">
        Packing slip <span className="sr-only">of {slip.number}</span>
      </h2>
      <ul className="mt-3 border-t">
        {slip.lines.map((line) => (
          <li key={line.sku} className="flex items-baseline gap-6 border-b py-3 break-inside-avoid">
            <span className="grow wrap-anywhere">
              {line.name}
              {line.title && <span className="text-quiet"> {line.title}</span>}
              <span className="num block text-s text-quiet">{line.sku}</span>
            </span>
            <span className="num text-l font-semibold">
              {piecesText(line)}
              <span className="sr-only"> pieces</span>
            </span>
          </li>
        ))}
      </ul>
      {slip.note && <p className="mt-4 wrap-anywhere">“{slip.note}”</p>}
    </article>
  );
}
