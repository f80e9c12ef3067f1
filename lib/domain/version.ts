/** The version of a row that a form was opened with, as the form sends it back. */
import { z } from "zod";

/** What the database's whole numbers hold. */
const MOST = 2_147_483_647;

export const versionInput = z.coerce.number().int().min(0).max(MOST);
