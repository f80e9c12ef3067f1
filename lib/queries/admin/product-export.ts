/** All products as the lines of the shop's own CSV file, read a few hundred at a time. */
import { sql } from "@/db/client";
import { csvHead, csvLine } from "@/lib/domain/csv";
import { type ExportedProduct, OWN_HEADER, ownLines } from "@/lib/domain/imports/own-format";

const AT_ONCE = 200;

export interface ExportScope {
  /** Whose goods; null: everybody's. */
  readonly ownerId: string | null;
  readonly currency: string;
  /** Where pictures are served, without a slash at its end. */
  readonly mediaUrl: string;
}

/** The file in pieces of text; the memory it takes does not grow with the shop. */
export async function* exportProducts({ ownerId, currency, mediaUrl }: ExportScope): AsyncGenerator<string> {
  yield csvHead(OWN_HEADER);
  for (let after = ""; ; ) {
    const rows = await readSome(ownerId, after);
    if (rows.length === 0) return;
    yield rows
      .flatMap((product) => ownLines(product, currency, mediaUrl))
      .map(csvLine)
      .join("");
    after = rows.at(-1)?.slug ?? "";
  }
}

function readSome(ownerId: string | null, after: string): Promise<readonly ExportedProduct[]> {
  return sql<ExportedProduct[]>`
    select p.slug, p.name, p.subtitle, p.description, p.description_format as "descriptionFormat", p.details,
      c.path as "categoryPath", p.tags, p.status, p.meta_title as "metaTitle", p.meta_description as "metaDescription",
      p.is_featured as "isFeatured", (select t.code from tax_classes t where t.id = p.tax_class_id) as "taxClass",
      (extract(epoch from p.publish_at) * 1000)::float8 as "publishAt", (extract(epoch from p.unpublish_at) * 1000)::float8 as "unpublishAt",
      coalesce((select json_agg(o.name order by o.position, o.id) from product_options o where o.product_id = p.id), '[]') as options,
      coalesce((
        select json_agg(json_build_object('sku', v.sku, 'price', v.price, 'compareAtPrice', v.compare_at_price,
          'weight', v.weight, 'barcode', v.barcode, 'unitAmount', v.unit_amount, 'unit', v.unit, 'isActive', v.is_active, 'cost', v.cost,
          'threshold', (select coalesce(max(n.low_stock_threshold), 0) from inventory n where n.variant_id = v.id),
          'available', (select coalesce(sum(n.available), 0) from inventory n where n.variant_id = v.id),
          'backorder', (select coalesce(bool_or(n.backorder), false) from inventory n where n.variant_id = v.id),
          'backorderLimit', (select n.backorder_limit from inventory n where n.variant_id = v.id and n.bucket = 0),
          'values', (select coalesce(json_agg(l.value order by o.position, o.id), '[]') from product_options o
            left join lateral (select ov.value from variant_option_values x join option_values ov on ov.id = x.option_value_id
              where x.variant_id = v.id and ov.option_id = o.id) l on true where o.product_id = p.id)
        ) order by v.position, v.id) from variants v
        where v.product_id = p.id and v.option_key !~ '^(retired|undone):'), '[]') as variants,
      coalesce((
        select json_agg(json_build_object('key', m.key, 'alt', m.alt, 'position', m.position, 'shows', ov.value,
          'backdrop', m.backdrop)
          order by m.is_primary desc, m.position, m.id)
        from product_images m left join option_values ov on ov.id = m.option_value_id where m.product_id = p.id), '[]') as images
    from products p join categories c on c.id = p.category_id
    where p.slug > ${after} and ${ownerId === null ? sql`true` : sql`p.owner_id = ${ownerId}`}
    order by p.slug limit ${AT_ONCE}`;
}
