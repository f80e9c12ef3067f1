/** One entry of the shop's navigation. `marked` sets it in the signal colour (the last run). */
export type NavLink = { label: string; href: string; marked?: boolean };
