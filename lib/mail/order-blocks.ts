/** Blocks that the mails of orders share: lines with pictures, totals, the address, the parcel. */
import type { MailLine, MailOrder, MailParcel, MailPicture, MailStore } from "@/db/mail-parts";
import { thumbPath } from "@/lib/domain/catalog";
import { countries } from "@/lib/domain/countries";
import { formatMoney } from "@/lib/domain/money";
import type { Block, Goods } from "./blocks";
import { absolute } from "./links";
import { named, type OrderedItem } from "./messages";

/** The picture's address as mails show it: small, on its backdrop, as JPEG, because not every program knows WebP. */
export const pictureOf = (key: string, backdrop: string | null): string => absolute(thumbPath(key, backdrop));

function goodsOf(line: MailLine, quantity: number, end: string): Goods {
  return {
    name: line.name,
    detail: [line.variant, `Quantity ${quantity}`].filter(Boolean).join(" · "),
    picture: line.imageKey && pictureOf(line.imageKey, line.imageBackdrop),
    backdrop: line.imageBackdrop,
    end,
  };
}

/** One piece that a mail is about. `end`: its price, say. */
export function oneOf(
  { product, variant }: { product: string; variant: string },
  picture: MailPicture | null,
  end = "",
): Block {
  const shown = picture && pictureOf(picture.key, picture.backdrop);
  return {
    kind: "goods",
    goods: [{ name: product, detail: variant, picture: shown, backdrop: picture?.backdrop ?? null, end }],
  };
}

/** The order's lines with what each costs before discounts and taxes that are added. */
export function linesOf({ lines, currency }: MailOrder, store: MailStore, ownerId?: string): Block {
  return {
    kind: "goods",
    goods: lines
      .filter((line) => ownerId === undefined || line.ownerId === ownerId)
      .map((line) =>
        goodsOf(line, line.quantity, formatMoney(line.subtotal, currency, { locale: store.locale })),
      ),
  };
}

/** Some of the order's items; nothing where none of them is known. */
export function itemsOf({ lines }: MailOrder, items: readonly OrderedItem[] | null | undefined): Block[] {
  const goods = (items ?? []).flatMap(({ orderLineId, quantity }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    return line && quantity > 0 ? [goodsOf(line, quantity, "")] : [];
  });
  return goods.length > 0 ? [{ kind: "goods", goods }] : [];
}

/** What it costs, down to the total. */
export function totalsOf(order: MailOrder, { locale }: MailStore): Block {
  const money = (amount: number) => formatMoney(amount, order.currency, { locale });
  const { subtotal, discount, shipping, tax, total, pricesIncludeTax } = order;
  return {
    kind: "sums",
    rows: [
      { name: "Subtotal", value: money(subtotal) },
      ...(discount > 0 ? [{ name: "Discount", value: money(-discount) }] : []),
      { name: `Delivery, ${order.shippingRateName}`, value: shipping > 0 ? money(shipping) : "Free" },
      ...(pricesIncludeTax || tax === 0 ? [] : [{ name: "Tax", value: money(tax) }]),
      { name: "Total", value: money(total), strong: true },
      ...(pricesIncludeTax && tax > 0 ? [{ name: "Tax in it", value: money(tax) }] : []),
    ],
  };
}

/** Where it goes and how. */
export function deliveryOf(order: MailOrder): Block {
  const { address, deliveryDaysMin: from, deliveryDaysMax: to } = order;
  const days = from === to ? `${to} working ${to === 1 ? "day" : "days"}` : `${from} to ${to} working days`;
  return {
    kind: "facts",
    rows: [
      ...(address ? [{ name: "Goes to", value: addressRows(address) }] : []),
      { name: "Delivery", value: `${order.shippingRateName}, ${days}` },
    ],
  };
}

function addressRows(address: NonNullable<MailOrder["address"]>): string[] {
  const { name, company, line1, line2, postalCode, city, region, country } = address;
  const place = [postalCode, city, region].filter(Boolean).join(" ");
  const rows = [name, company, line1, line2, place, countries[country]?.name ?? country];
  return rows.filter((row): row is string => Boolean(row));
}

/** Who carries it, and where to look for it. */
export function parcelOf({ carrier, trackingNumber, trackingUrl }: MailParcel): Block {
  return {
    kind: "facts",
    rows: [
      { name: "Carrier", value: carrier },
      ...(trackingNumber
        ? [{ name: "Tracking", value: trackingNumber, href: trackingUrl ?? undefined }]
        : []),
    ],
  };
}

/** A product and its variant in one line. */
export const goodsName = (goods: { product: string; variant: string }): string =>
  named(goods.product, goods.variant);
