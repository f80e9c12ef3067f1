/** Draws a message as plain text. */
import type { Block, Message } from "./blocks";
import type { Frame } from "./html";

/** The message as paragraphs; addresses stand on lines of their own. */
export function drawText(message: Message, { shop, home, links }: Frame): string {
  const end = [
    message.reason,
    message.unsubscribe && `No more of these: ${message.unsubscribe}`,
    `${shop}, ${home}`,
    ...links.map(({ label, href }) => `${label}: ${href}`),
  ];
  const head = message.about ? `${message.about}\n${message.heading}` : message.heading;
  return [head, ...message.blocks.map(block), "--", end.filter(Boolean).join("\n")].join("\n\n").concat("\n");
}

function block(part: Block): string {
  switch (part.kind) {
    case "text":
    case "quiet":
      return part.text;
    case "button":
      return `${part.label}:\n${part.href}`;
    case "goods":
      return part.goods
        .map(({ name, detail, end }) => `- ${[name, detail, end].filter(Boolean).join(" · ")}`)
        .join("\n");
    case "sums":
      return part.rows.map(({ name, value }) => `${name}: ${value}`).join("\n");
    case "facts":
      return part.rows
        .map(({ name, value, href }) => {
          const rows = typeof value === "string" ? [value] : value;
          return [`${name}:`, ...rows.map((row) => `  ${row}`), ...(href ? [`  ${href}`] : [])].join("\n");
        })
        .join("\n");
  }
}
