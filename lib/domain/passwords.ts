/** What a password must be: long, or at least not one that everybody tries first. */

/** From this length on, words and sentences of any kind are fine. */
export const LONG_PASSWORD = 15;
export const SHORTEST_PASSWORD = 8;
/** Hashing costs time for every character. */
export const LONGEST_PASSWORD = 256;

/**
 * Stems of what heads every list of leaked passwords. They are compared without case, digits at the ends, symbols
 * and letters written as digits, so "P@ssw0rd2024!" meets "password".
 */
const STEMS = new Set(
  `abc abcd abcde abcdef abcdefg abcdefgh access account admin administrator adobe alexander alexis amanda america
  andrea andrew angel angela angels anthony apple arsenal asdf asdfasdf asdfgh asdfghj asdfghjk asdfghjkl ashley asshole
  august austin azerty azertyuiop babygirl bailey banana barcelona baseball basketball batman beautiful bigdaddy blink
  blowme bluebird brandon buster butterfly california carolina caroline champion changeit changeme charles charlie cheese
  chelsea chicago chicken chocolate christian christina christine christopher city coffee computer cookie corvette
  cowboys crystal dallas daniel danielle december default diamond dolphin dolphins donald dragon eagles einstein elephant
  elizabeth eminem england europe evolution facebook family february ferrari fernando firebird fishing flower flowers
  football forever france freedom friday friend friends fuckme fuckoff fuckyou gabriel garfield george germany getmein
  gfhjkm giants ginger godzilla golden goldfish google gordon guest guitar hallo hannah happy harley hello hellohello
  heather helpme hockey hotmail hunter iloveu iloveyou internet ireland jackson january jasmine jennifer jessica jesus
  jonathan jordan joseph joshua justin killer kimberly kingdom kitty letmein letmeinnow liverpool london login loveme
  lovely lovelove loveyou lucky maggie manchester marina marine marlboro martin master matrix matthew maverick mercedes
  merlin michael michelle midnight mississippi moire monday money monkey monster morgan mother mountain mustang mynoob
  naruto natasha newyork nicholas nicole nintendo nirvana november october oliver orange panther paris parola pass
  passport passw passwd password passwort patricia patrick peaches peanut pepper phoenix playboy please pokemon porsche
  princess private purple pussy qazwsx qazwsxedc qwer qwert qwerty qwertyui qwertyuiop qwertz qwertzuiop raiders rainbow
  ranger rangers rebecca redskins richard robert rockyou root samantha samsung samuel sandra saturday scooter secret
  security september server sexy shadow shannon shop shopping silver simpsons slipknot snoopy snowball soccer sophie
  spiderman spring startrek starwars stephanie steven strawberry summer sunday sunshine superman superstar sweet
  sweetheart swordfish taylor temp tennis test tester testing testtest thomas thunder tigger trustno trustnoone tuesday
  turtle twitter user vanessa veronica victoria vincent warcraft welcome welcometo whatever william william winner winter
  wizard wordpass xbox yankees yellow zaqwsx zaqxsw zxcvbn zxcvbnm`.split(/\s+/),
);

const NONE: ReadonlySet<string> = new Set();

const ROWS = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
];
const LETTERS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Why a password is refused, as a sentence that says how to repair it; undefined where it is fine.
 * `about` are words that others know of its owner: name, e-mail address; `leaked` are passwords and stems to refuse
 * besides, which only the server holds.
 */
export function passwordFault(
  password: string,
  about: readonly string[] = [],
  leaked: ReadonlySet<string> = NONE,
): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD)
    return `At least ${SHORTEST_PASSWORD} characters; ${LONG_PASSWORD} or more is better.`;
  if (length > LONGEST_PASSWORD) return `At most ${LONGEST_PASSWORD} characters.`;
  const lower = password.toLowerCase();
  if (new Set(lower).size < 4) return "Too few different characters. Try three or four words in a row.";
  const known = about.map((word) => word.toLowerCase()).filter((word) => word.length >= 3);
  if (known.includes(lower)) return "Not your name or e-mail address, please.";
  if (length >= LONG_PASSWORD && !leaked.has(lower)) return undefined;
  const isRefused = (word: string) => leaked.has(word) || known.includes(word);
  if (isCommon(lower) || leaked.has(lower) || stems(lower).some(isRefused))
    return `This one is on every list of known passwords. Take another, or ${LONG_PASSWORD} characters and more.`;
  return undefined;
}

function isCommon(lower: string): boolean {
  const backwards = [...lower].reverse().join("");
  if (ROWS.some((row) => row.includes(lower) || row.includes(backwards))) return true;
  // A short piece repeated: "abcabcabc", "12121212".
  if (/^(.{1,4})\1+.{0,3}$/.test(lower)) return true;
  if (/^\d+$/.test(lower) && length(lower) < 12) return true;
  return stems(lower).some(
    (stem) => STEMS.has(stem) || ROWS.some((row) => stem.length > 3 && row.includes(stem)),
  );
}

// Digits and symbols at both ends say little, and letters that are written as digits say nothing.
function stems(lower: string): string[] {
  const bare = (text: string) => text.replace(/[^a-z]/g, "");
  const middle = lower.replace(/^[^a-z@$]+|[^a-z@$]+$/g, "");
  const spelt = (text: string) => bare(text.replace(/[013457@$!]/g, (sign) => LETTERS[sign] ?? sign));
  return [bare(lower), bare(middle), spelt(middle), spelt(lower)].filter((stem) => stem.length >= 3);
}

function length(text: string): number {
  return [...text].length;
}
