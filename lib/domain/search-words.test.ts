import { expect, it } from "vitest";
import { allOf, correctionOf, editDistance, nearOf, termsOf, wordsOf } from "./search-words";

it("takes words as letters and digits without accents, eight at most", () => {
  expect(wordsOf("L'été, Décor-Bowl 50×50!")).toEqual(["l", "ete", "decor", "bowl", "50", "50"]);
  expect(wordsOf("a b c d e f g h i j")).toHaveLength(8);
  expect(wordsOf("& | ! <-> ':*")).toEqual([]);
});

it("puts synonyms beside the words they stand for, the longest run first", () => {
  const synonyms = [
    ["sofa", "couch", "settee"],
    ["night stand", "nightstand", "bedside table"],
  ];
  const query = (text: string) => allOf(termsOf(wordsOf(text), synonyms));
  expect(query("oak mug")).toBe("oak & mug");
  expect(query("green couches")).toBe("green & (couches | sofa | settee)");
  expect(query("night stand oak")).toBe("((night & stand) | nightstand | (bedside <-> table)) & oak");
  expect(query("nightstand")).toBe("(nightstand | (night <-> stand) | (bedside <-> table))");
  expect(query("night")).toBe("night");
});

it("counts wrong letters, a swap of neighbours as one", () => {
  expect(editDistance("mug", "mug")).toBe(0);
  expect(editDistance("mgu", "mug")).toBe(1);
  expect(editDistance("cushoin", "cushion")).toBe(1);
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("", "abc")).toBe(3);
});

it("shares a shortened form with every word that is one letter away", () => {
  for (const [typed, meant] of [
    ["mgu", "mug"],
    ["mig", "mug"],
    ["mugg", "mug"],
    ["ug", "mug"],
    ["cushon", "cushion"],
  ])
    expect(
      nearOf(typed ?? "").some((near) => nearOf(meant ?? "").includes(near)),
      `${typed} ${meant}`,
    ).toBe(true);
});

it("corrects one letter in short words, two in long ones, and prefers what is common", () => {
  const known = [
    { word: "mug", uses: 3 },
    { word: "rug", uses: 90 },
    { word: "hug", uses: 400 },
    { word: "cushion", uses: 5 },
  ];
  expect(correctionOf("muh", known)).toBe("mug");
  expect(correctionOf("kug", known)).toBe("hug");
  expect(correctionOf("cushhoin", known)).toBe("cushion");
  expect(correctionOf("xyz", known)).toBeUndefined();
  expect(correctionOf("mug", [{ word: "mug", uses: 1 }])).toBeUndefined();
});

it("cuts no letter beyond the first plane in halves", () => {
  const rare = "\u{20000}\u{20001}\u{20002}";
  for (const word of [...wordsOf("a".repeat(59) + rare), ...wordsOf(rare), ...nearOf(rare)])
    expect(word.isWellFormed(), word).toBe(true);
  expect(nearOf(rare)).toContain("\u{20000}\u{20002}");
});
