/** One of each kind of what pages show, for the two rules of axe that measure: they took most of the journeys' time. */

/** On what is looked at. */
export const LOOK = "data-look";

/**
 * Marks the first element of each kind that holds text or is to be pressed, where that kind is not among `known`, and
 * answers the kinds that it marked. Of one kind are elements whose names, classes, styles and states are the same,
 * their own and those of all around them, in windows of one width and theme: they have the same colours on the same
 * ground. Runs in the page.
 */
export function markLooks({ mark, known }: { mark: string; known: readonly number[] }): number[] {
  const sight = `${innerWidth} ${matchMedia("(prefers-color-scheme: dark)").matches}`;
  const kinds = new Map<Element, number>();
  const kindOf = (element: Element | null): number => {
    if (!element || element === document.documentElement) return numberOf(sight, 0);
    const had = kinds.get(element);
    if (had !== undefined) return had;
    const states = ["class", "style", "type", "role", "aria-current", "aria-pressed", "aria-selected"];
    const own = states.map((name) => element.getAttribute(name)).join("|");
    const names = element.getAttributeNames().filter((name) => name !== mark);
    const kind = numberOf(`${element.localName} ${names} ${own}`, kindOf(element.parentElement));
    kinds.set(element, kind);
    return kind;
  };
  /** Two mixers of 32 bits, one number of 53: among some thousand kinds no two have the same. */
  const numberOf = (text: string, seed: number): number => {
    let [low, high] = [seed | 0, (seed / 2 ** 32) | 0];
    for (let i = 0; i < text.length; i += 1) {
      low = Math.imul(low ^ text.charCodeAt(i), 2_654_435_761);
      high = Math.imul(high ^ text.charCodeAt(i), 1_597_334_677);
      low ^= low >>> 15;
      high ^= high >>> 13;
    }
    return (high >>> 11) * 2 ** 32 + (low >>> 0);
  };
  for (const marked of document.querySelectorAll(`[${mark}]`)) marked.removeAttribute(mark);
  const seen = new Set(known);
  const fresh: number[] = [];
  for (const element of document.body.querySelectorAll("*:not(script, style, option)")) {
    const isPressed = element.matches("a, button, input, select, textarea, summary, [role=option]");
    const holdsText = [...element.childNodes].some(
      (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim(),
    );
    if (!isPressed && !holdsText) continue;
    const kind = kindOf(element);
    if (seen.has(kind)) continue;
    seen.add(kind);
    fresh.push(kind);
    element.setAttribute(mark, "");
  }
  return fresh;
}
