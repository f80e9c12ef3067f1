/** What stands where an erased person's e-mail address stood: an address that no mail can reach. */

/** ".invalid" is reserved: nobody can ever own it. */
export const NOWHERE = "@erased.invalid";

/** Whether an address is that of somebody who was erased. */
export const isErased = (email: string): boolean => email.endsWith(NOWHERE);
