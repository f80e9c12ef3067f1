"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import * as imports from "@/lib/services/imports/steps";

const one = z.object({ importId: z.uuid() });
const choice = one.extend({
  /** What each column of the file is taken for; empty: it is not read. */
  columns: z.array(z.string().max(40)).max(2_000).default([]),
  owner: z.string().max(100).optional(),
  setStock: z.literal("1").optional(),
  images: z.literal("1").optional(),
});

/** Says what the columns mean; a job then looks at every row and keeps nothing. */
export const checkImport = action(choice, { who: "staff" }, async (staff, input) => {
  const { importId, columns, owner, setStock, images } = input;
  await imports.check(staff, {
    importId,
    columns,
    owner,
    setStock: setStock === "1",
    images: images === "1",
  });
  backTo(importId);
});

export const startImport = action(one, { who: "staff" }, async (staff, { importId }) => {
  await imports.start(staff, importId);
  backTo(importId);
});

export const reopenImport = action(one, { who: "staff" }, async (staff, { importId }) => {
  await imports.reopen(staff, importId);
  backTo(importId);
});

export const resumeImport = action(one, { who: "staff" }, async (staff, { importId }) => {
  await imports.resume(staff, importId);
  backTo(importId);
});

export const stopImport = action(one, { who: "staff" }, async (staff, { importId }) => {
  await imports.stop(staff, importId);
  backTo(importId);
});

export const undoImport = action(one, { who: "staff" }, async (staff, { importId }) => {
  await imports.undo(staff, importId);
  backTo(importId);
});

function backTo(importId: string): never {
  redirect(`/admin/import/${importId}` as Route, RedirectType.replace);
}
