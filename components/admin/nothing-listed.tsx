import type { Route } from "next";
import { Link } from "@/components/ui/link";
import type { ListState } from "@/lib/domain/back-office";

type Way = readonly [label: string, href: string];

/** What a list will hold, told to whoever has nothing in it yet, and how it is filled. */
const LISTS: Readonly<Record<string, { title: string; text: string; ways?: readonly Way[] }>> = {
  orders: {
    title: "No orders yet.",
    text: "They come in here by themselves, the moment somebody buys; you get a mail, too.",
  },
  "former orders": {
    title: "No orders of a former shop.",
    text: "Bring them in with the file that Shopify's Orders > Export gives you: they are kept to be read and found, apart from this shop's own.",
    ways: [["Import a file", "/admin/import"]],
  },
  products: {
    title: "No products yet.",
    text: "Bring them in with the export file of your former shop, or begin with one.",
    ways: [
      ["Import a file", "/admin/import"],
      ["New product", "/admin/products/new"],
    ],
  },
  variants: {
    title: "Nothing to count yet.",
    text: "Each variant of a product has its stock here: what is on the shelf, what orders hold, and how long it lasts.",
    ways: [["To the products", "/admin/products"]],
  },
  returns: {
    title: "No returns wait for you.",
    text: "What a shopper wants to send back is asked for here first; you say yes or no, and count it in when it is back.",
  },
  refunds: {
    title: "Nothing was given back yet.",
    text: "Money goes back from an order's page, for a return or with a cancelled order. It stands here until it arrived; what fails can be tried again.",
    ways: [
      ["To the orders", "/admin/orders"],
      ["To the returns", "/admin/returns"],
    ],
  },
  reviews: {
    title: "No reviews yet.",
    text: "What shoppers write about the goods waits here until it is let into the shop, and can be answered.",
  },
  customers: {
    title: "Nobody bought yet.",
    text: "Whoever orders stands here, with their orders and what they came to.",
  },
  discounts: {
    title: "No discounts yet.",
    text: "A code for the newsletter, a price for members, free delivery from a sum on: each is a row here.",
  },
  payouts: {
    title: "Nothing was paid out yet.",
    text: "What completed orders earn adds up in the balance; a payout sends it to the bank.",
  },
  mail: { title: "No mail yet.", text: "Everything that the shop writes to people is kept here." },
  events: {
    title: "No events yet.",
    text: "What the payment service tells the shop is kept here, and can be taken in again.",
  },
  changes: {
    title: "Nothing was changed yet.",
    text: "Whatever somebody of the staff changes from now on is a row here: who, when, before and after. Most of it can be put back from here, each row by itself.",
  },
  jobs: { title: "Nothing waits.", text: "What the shop does later stands here until it is done." },
};

/** What a list says when it has nothing to show, and the way on. `firstView` is the one that its address need not name. */
export function NothingListed({
  what,
  state,
  firstView = "all",
}: {
  what: string;
  state: ListState;
  firstView?: string;
}) {
  const isCut = state.search || state.view !== firstView || Object.values(state.more ?? {}).some(Boolean);
  const list = LISTS[what];
  if (isCut || !list)
    return (
      <div className="border-t py-12">
        <p className="text-l">No {what} here.</p>
        {isCut && (
          <Link href={state.path as Route} className="link mt-2 inline-flex min-h-6 text-quiet">
            {firstView === "all" ? `Show all ${what}` : "Back to the whole list"}
          </Link>
        )}
      </div>
    );
  return <NothingYet {...list} />;
}

/** What will stand here, and how to begin. */
export function NothingYet({ title, text, ways }: { title: string; text: string; ways?: readonly Way[] }) {
  return (
    <div className="border-t py-12">
      <p className="text-l">{title}</p>
      <p className="mt-2 max-w-read text-quiet">{text}</p>
      {ways && (
        <p className="mt-3 flex flex-wrap gap-x-6 gap-y-2">
          {ways.map(([label, href]) => (
            <Link key={href} href={href as Route} className="link inline-flex min-h-6 items-center">
              {label}
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}
