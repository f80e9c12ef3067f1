import type { Route } from "next";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { backdropOf, Picture } from "@/components/ui/picture";
import { formatMoney } from "@/lib/domain/money";
import { type FulfilmentStatus, fulfilmentStatusLabel, type OrderStatus } from "@/lib/domain/orders";
import type { StaffLine, StaffPart } from "@/lib/queries/admin/order";
import { Panel } from "./page-head";
import { ParcelRow } from "./parcel-row";
import { CallOff, GiveUp } from "./part-end";
import { type OrderRef, PackForm, ShipForm } from "./ship-form";

const tones: Record<FulfilmentStatus, Tone> = {
  open: "ink",
  processing: "focus",
  shipped: "good",
  delivered: "good",
  cancelled: "quiet",
};

/** One owner's part of an order: its lines, what is left to send, and the parcels that left. */
export function OrderPart({
  part,
  order,
  isOnly,
  timeZone,
}: {
  part: StaffPart;
  order: OrderRef & { currency: string; status: OrderStatus; isDisputed: boolean };
  /** The only part that is shown: its fields need no prefix and its heading no name. */
  isOnly: boolean;
  timeZone: string;
}) {
  // Nothing is packed before the money is there, or cash on delivery was accepted.
  const isUnpaid = order.status === "pending" && part.status === "open";
  const left = part.lines.filter((line) => line.left > 0);
  const canShip = part.can.ship && left.length > 0;
  const whose = isOnly ? "" : `: ${part.ownerName}`;
  return (
    <Panel
      title={isOnly ? "Goods" : `Goods of ${part.ownerName}`}
      id={`part-${part.id}`}
      end={
        isUnpaid ? (
          <StatusDot tone="quiet">Waits for payment</StatusDot>
        ) : canShip && order.isDisputed ? (
          <StatusDot tone="signal">Held back</StatusDot>
        ) : canShip && part.parcels.length > 0 ? (
          <StatusDot tone="focus">Sent in part</StatusDot>
        ) : (
          <StatusDot tone={tones[part.status]}>{fulfilmentStatusLabel[part.status]}</StatusDot>
        )
      }
    >
      <ul>
        {part.lines.map((line) => (
          <Line key={line.id} line={line} currency={order.currency} />
        ))}
      </ul>
      {part.parcels.map((parcel) => (
        <ParcelRow key={parcel.id} parcel={parcel} order={order} timeZone={timeZone} />
      ))}
      {canShip && order.isDisputed && (
        <p className="mt-4 border-t pt-4 text-s text-quiet">
          {part.parcels.length > 0 ? "Nothing more" : "Nothing"} leaves while the bank asks for the payment
          back. Once that is settled in the shop's favour, it is sent from here.
        </p>
      )}
      {canShip && !order.isDisputed && (
        <div className="mt-4 grid gap-4 border-t pt-5">
          <ShipForm order={order} partId={part.id} left={left} prefix={isOnly ? "" : `${part.id}-`} />
          {part.can.process && <PackForm order={order} partId={part.id} />}
        </div>
      )}
      {part.can.callOff && <CallOff order={order} partId={part.id} left={left} whose={whose} />}
      {part.can.giveUp ? (
        <GiveUp order={order} part={part} whose={whose} />
      ) : (
        isStranded(part) && (
          <p className="mt-4 border-t pt-4 text-s text-quiet">
            Nothing of this arrived. An admin ends it and gives back what was paid.
          </p>
        )
      )}
      {isShort(part) && (
        <Notice className="mt-4">
          A parcel of this never arrived. What was in it is written off and is not paid back by itself: an
          admin refunds it before the order is completed, else its owner is paid for it.
        </Notice>
      )}
    </Panel>
  );
}

/** Sent, and all of its parcels ended on their way. */
const isStranded = ({ status, parcels }: StaffPart) =>
  status === "shipped" && parcels.every((parcel) => parcel.status === "lost" || parcel.status === "returned");

/** Arrived, but for a parcel whose goods nobody has paid back. */
const isShort = ({ status, parcels, lines }: StaffPart) =>
  status === "delivered" &&
  parcels.some((parcel) => parcel.status === "lost" || parcel.status === "returned") &&
  lines.every(({ refunded }) => refunded === 0);

function Line({ line, currency }: { line: StaffLine; currency: string }) {
  return (
    <li className="grid grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-x-4 border-t py-2.5">
      <Picture
        src={line.imageKey && `/media/${line.imageKey}`}
        alt=""
        sizes="3rem"
        backdrop={backdropOf(line.imageBackdrop)}
      />
      <div>
        <p>
          {line.productId ? (
            <Link
              href={`/admin/products/${line.productId}` as Route}
              className="font-semibold underline-offset-4 hover:underline"
            >
              {line.name}
            </Link>
          ) : (
            <span className="font-semibold">{line.name}</span>
          )}
          {line.title && <span className="text-quiet"> {line.title}</span>}
        </p>
        <p className="num text-s text-quiet">
          {line.sku} · {line.quantity} × {formatMoney(line.unitPrice, currency)}
          {line.discount > 0 && ` − ${formatMoney(line.discount, currency)}`}
        </p>
      </div>
      <div className="num text-right">
        <p>{formatMoney(line.total, currency)}</p>
        <p className="text-s text-quiet">
          {line.refunded > 0
            ? `${formatMoney(line.refunded, currency)} refunded`
            : `${line.shipped} of ${line.quantity} sent`}
        </p>
      </div>
    </li>
  );
}
