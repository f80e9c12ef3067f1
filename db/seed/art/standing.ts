/** One of the goods inside a larger drawing: where several stand side by side, the names within each must differ. */
import { pictureSvg } from "./picture";
import type { InkName, ObjectKind, PatternKind } from "./spec";

/** Object, form, pattern, ink, seed. */
export type Standing = readonly [ObjectKind, number, PatternKind, InkName, number];

/** What stands in a drawing at `place`, without its svg element; its middle is the origin, it is 1000 wide. */
export function standing([object, form, pattern, ink, seed]: Standing, place: number): string {
  return pictureSvg(
    { object, form, pattern, ink, seed, view: "front", width: 40, height: 40, others: [] },
    300,
  )
    .replace(/<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/\b(id="|url\(#)k/g, `$1p${place}k`);
}
