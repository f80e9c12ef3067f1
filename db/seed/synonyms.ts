/** Words that mean the same, for a shop of things for the home: what people type, beside what the catalogue says. */
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { synonyms } from "@/db/schema/search";

const GROUPS: readonly (readonly string[])[] = [
  ["cushion", "pillow", "throw pillow", "scatter cushion"],
  ["blanket", "throw", "plaid", "bedspread"],
  ["rug", "carpet", "mat", "runner"],
  ["tea towel", "dish towel", "kitchen towel", "dishcloth"],
  ["mug", "cup", "coffee cup"],
  ["plate", "dish"],
  ["bowl", "basin"],
  ["jug", "pitcher", "carafe", "ewer"],
  ["vase", "flower vase", "flower pot"],
  ["print", "poster", "wall art", "art print"],
  ["lamp", "light", "lantern"],
  ["lampshade", "lamp shade", "shade"],
  ["notebook", "journal", "notepad", "jotter"],
  ["card", "greeting card", "postcard"],
  ["wrapping paper", "gift wrap", "giftwrap"],
  ["tote", "tote bag", "shopper", "shopping bag", "carrier bag"],
  ["pouch", "purse", "toiletry bag", "wash bag"],
  ["backpack", "rucksack"],
  ["sofa", "couch", "settee"],
  ["armchair", "easy chair", "lounge chair"],
  ["nightstand", "night stand", "bedside table"],
  ["wardrobe", "closet", "armoire"],
  ["sideboard", "buffet", "credenza"],
  ["curtain", "drape"],
  ["duvet", "comforter", "quilt"],
  ["bin", "trash can", "waste basket", "garbage can"],
  ["tap", "faucet"],
  ["outdoor", "patio", "garden"],
  ["grey", "gray"],
  ["colour", "color"],
  ["red", "vermilion", "scarlet"],
  ["blue", "cobalt"],
  ["yellow", "saffron", "mustard"],
  ["green", "moss", "olive"],
  ["purple", "plum", "aubergine", "violet"],
  ["turquoise", "teal", "lagoon"],
  ["black", "ink"],
  ["pink", "rose", "blush"],
];

/** Inserts them; an admin changes them under /admin/search. */
export async function insertSynonyms(tx: Tx): Promise<void> {
  await tx.insert(synonyms).values(GROUPS.map((terms) => ({ id: newId(), terms: [...terms] })));
}
