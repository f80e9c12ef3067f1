/** The category tree in the back office, with how much stands in each. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";
import { placeWord } from "@/lib/domain/list-order";

export interface CategoryRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly path: string;
  readonly description: string;
  /** False: no menu shows it, and it has no page. */
  readonly isActive: boolean;
  readonly version: number;
  /** 0 at the top. */
  readonly depth: number;
  /** Products of every status, without those of the categories below. */
  readonly products: number;
  readonly children: number;
  /** Where it stands, as its forms send it back. */
  readonly place: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The whole tree from top to bottom. */
export async function listCategories(_admin: Admin): Promise<CategoryRow[]> {
  const rows = await sql<(Omit<CategoryRow, "place"> & { parentId: string | null; above: string | null })[]>`
    with recursive placed as (
      select c.*, row_number() over siblings as place, lag(c.id) over siblings as above, count(*) over (partition by parent_id) as mates
      from categories c window siblings as (partition by parent_id order by position, name, id)
    ),
    tree as (
      select id, 0 as depth, array[place] as way from placed where parent_id is null
      union all select p.id, t.depth + 1, t.way || p.place from placed p join tree t on p.parent_id = t.id
    )
    select p.id, p.name, p.slug, p.path, p.description, p.is_active as "isActive", p.version, t.depth, p.parent_id as "parentId", p.above,
      (select count(*)::int from products g where g.category_id = p.id) as products,
      (select count(*)::int from categories b where b.parent_id = p.id) as children,
      p.place = 1 as "isFirst", p.place = p.mates as "isLast"
    from tree t join placed p on p.id = t.id order by t.way`;
  return rows.map(({ parentId, above, ...row }) => ({
    ...row,
    place: placeWord({ id: row.id, parentId, above }),
  }));
}
