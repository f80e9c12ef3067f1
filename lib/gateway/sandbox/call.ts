/** What a resource is called with, and what it answers. */
import type { FormObject } from "./form";
import type { World } from "./world";

export type Call = {
  world: World;
  /** The body of a POST, the query of a GET. */
  form: FormObject;
  /** The id in the path, "" where there is none. */
  id: string;
  /** True when only the publishable key came along: the browser asks, not the shop. */
  publishable: boolean;
};

/** An answer is kept with what the call changed, a thrown ApiError undoes it. */
export type Answer = { status: number; body: unknown };

export const ok = (body: unknown): Answer => ({ status: 200, body });
