/** Contact: what somebody may write to the shop. */
import { z } from "zod";

const text = (most: number) =>
  z
    .string()
    .transform((words) => words.normalize("NFC").replaceAll("\0", "").trim())
    .pipe(z.string().max(most, `At most ${most} characters.`));

/** The contact form. `website` is a field that no person sees: who fills it is a machine. */
export const contactInput = z.object({
  name: text(120).pipe(z.string().min(1, "Please tell us your name.")),
  email: z.string().trim().pipe(z.email("This does not look like an e-mail address.").max(254)),
  orderNumber: text(40).optional(),
  message: text(5_000).pipe(z.string().min(10, "Please write a sentence or two.")),
  website: z.string().optional(),
  requestKey: z.uuid().optional().catch(undefined),
});

export type ContactInput = z.output<typeof contactInput>;
