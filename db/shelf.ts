/** What should lie on a variant's shelf: the same figure for the sheet that is counted with and the service that compares. */

/** Unsold stock, and what is sold and not yet sent, of the variant `v` of a statement: SQL that takes no values. */
export const ON_SHELF = `(
  (SELECT coalesce(sum(n.on_hand), 0) FROM inventory n WHERE n.variant_id = v.id)
  + (SELECT coalesce(sum(l.quantity - l.shipped_quantity - l.cancelled_quantity), 0) FROM order_lines l
    JOIN orders o ON o.id = l.order_id JOIN fulfilments f ON f.order_id = l.order_id AND f.owner_id = l.owner_id
    WHERE l.variant_id = v.id AND o.status IN ('confirmed', 'processing') AND f.status IN ('open', 'processing'))
)::int`;
