/** What a search field suggests while somebody types. */
export interface Suggested {
  readonly queries: readonly string[];
  readonly categories: readonly { readonly name: string; readonly path: string }[];
  readonly products: readonly {
    readonly name: string;
    readonly path: string;
    readonly price: string;
    /** The address of a small picture. */
    readonly picture: string | null;
  }[];
}
