/** What a mail is made of: each message is written once, as blocks, and drawn twice, as HTML and as text. */

export interface Goods {
  readonly name: string;
  readonly detail: string;
  /** Absolute address of the picture, where there is one. */
  readonly picture: string | null;
  readonly backdrop: string | null;
  /** What stands at the line's end, such as its price. */
  readonly end: string;
}

export type Block =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "quiet"; readonly text: string }
  | { readonly kind: "button"; readonly label: string; readonly href: string }
  | { readonly kind: "goods"; readonly goods: readonly Goods[] }
  /** Name and value, the last one strong where it is a sum. */
  | {
      readonly kind: "sums";
      readonly rows: readonly { readonly name: string; readonly value: string; readonly strong?: boolean }[];
    }
  | {
      readonly kind: "facts";
      readonly rows: readonly {
        readonly name: string;
        readonly value: string | readonly string[];
        readonly href?: string | undefined;
      }[];
    };

/** A message before it is drawn. */
export interface Message {
  /** Stands small above the heading: the order it is about. */
  readonly about?: string | undefined;
  readonly heading: string;
  /** What a mailbox shows behind the subject. */
  readonly preheader: string;
  readonly blocks: readonly Block[];
  /** Why the reader gets it, at the end. */
  readonly reason: string;
  /** For what nobody needs: the way to get no more of it; a POST there does it at once. */
  readonly unsubscribe?: string | undefined;
}

export const text = (words: string): Block => ({ kind: "text", text: words });
export const quiet = (words: string): Block => ({ kind: "quiet", text: words });
export const button = (label: string, href: string): Block => ({ kind: "button", label, href });
