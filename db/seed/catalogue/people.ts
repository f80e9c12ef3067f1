/** The two owners and the synthetic customers of the demo shop. Nobody here exists. */
import type { DemoAddress, DemoCustomer, DemoOwner } from "./shape";

export const owners: DemoOwner[] = [
  {
    slug: "line-works",
    name: "Line Works",
    email: "line@example.com",
    username: "line-works",
    firstName: "Line",
    lastName: "Aasen",
    about:
      "A print and textile workshop in Porto. Everything here starts as two plates of straight lines and ends as something else.",
  },
  {
    slug: "ring-studio",
    name: "Ring Studio",
    email: "ring@example.com",
    username: "ring-studio",
    firstName: "Ruben",
    lastName: "Ringholm",
    about:
      "A pottery in Malmö with two kilns and one lathe. Round things: cups, plates, shades, and the patterns that suit them.",
  },
];

type Row = readonly [
  email: string,
  first: string,
  last: string,
  phone: string | null,
  ...addresses: (readonly [
    label: string,
    line1: string,
    line2: string | null,
    postalCode: string,
    city: string,
    region: string | null,
    country: string,
  ])[],
];

const rows: readonly Row[] = [
  [
    "ada",
    "Ada",
    "Lindqvist",
    "+49 30 5550 0142",
    ["Home", "Torstraße 112", "Hinterhaus, 2. OG", "10119", "Berlin", null, "DE"],
    ["Work", "Prinzenstraße 85", null, "10969", "Berlin", null, "DE"],
  ],
  [
    "tomas",
    "Tomás",
    "Ferreira",
    "+49 40 5550 0177",
    ["Home", "Bernstorffstraße 9", null, "22767", "Hamburg", null, "DE"],
  ],
  [
    "noemie",
    "Noémie",
    "Carrel",
    "+33 1 55 50 01 34",
    ["Maison", "14 rue de la Folie-Méricourt", "Bâtiment B", "75011", "Paris", null, "FR"],
  ],
  [
    "bastien",
    "Bastien",
    "Ollivier",
    null,
    ["Maison", "8 quai Saint-Antoine", null, "69002", "Lyon", null, "FR"],
  ],
  [
    "sanne",
    "Sanne",
    "de Wit",
    "+31 20 555 0119",
    ["Thuis", "Lindengracht 204-II", null, "1015 KM", "Amsterdam", null, "NL"],
    ["Atelier", "Keilestraat 9F", null, "3029 BP", "Rotterdam", null, "NL"],
  ],
  [
    "leopold",
    "Leopold",
    "Hauser",
    "+43 1 5550 0163",
    ["Zuhause", "Neubaugasse 41/12", null, "1070", "Wien", null, "AT"],
  ],
  [
    "imogen",
    "Imogen",
    "Hartley",
    "+44 20 5550 0188",
    ["Home", "27 Wilton Way", "Flat 3", "E8 1BJ", "London", null, "GB"],
  ],
  ["callum", "Callum", "Rennie", null, ["Home", "6 Barony Street", null, "EH3 6PD", "Edinburgh", null, "GB"]],
  [
    "marisol",
    "Marisol",
    "Vance",
    "+1 718 555 0121",
    ["Home", "381 Lafayette Avenue", "Apt 4", "11238", "Brooklyn", "NY", "US"],
  ],
  [
    "theo",
    "Theo",
    "Nakagawa",
    "+1 503 555 0146",
    ["Home", "2214 NE Alberta Street", null, "97211", "Portland", "OR", "US"],
  ],
  [
    "giulia",
    "Giulia",
    "Bertolazzi",
    "+39 02 5550 0155",
    ["Casa", "Via Melzo 18", null, "20129", "Milano", "MI", "IT"],
  ],
  [
    "maximiliane",
    "Maximiliane",
    "von Hohenstein-Wittgensteiner",
    "+41 44 555 01 08",
    ["Zuhause", "Ankerstrasse 53", "c/o Genossenschaft Dreieck, Aufgang 4", "8004", "Zürich", null, "CH"],
  ],
];

export const customers: DemoCustomer[] = rows.map(([name, firstName, lastName, phone, ...addresses]) => ({
  email: `${name}@example.com`,
  username: name,
  firstName,
  lastName,
  phone,
  addresses: addresses.map(
    ([label, line1, line2, postalCode, city, region, country]): DemoAddress => ({
      label,
      name: `${firstName} ${lastName}`,
      line1,
      line2,
      postalCode,
      city,
      region,
      country,
      phone,
    }),
  ),
}));

const given =
  "Anouk Jonas Mira Felix Priya Oskar Hanneke Lucien Wanda Idris Freya Emil Saoirse Matteo Ines Rasmus Yuki Bela Clara Nils Odile Pavel Greta Hamish Zofia Arjun Liv Corin Maud Teodor Elif Joris Beatrix Kofi Signe Dario Agnes Ruth Milan Petra".split(
    " ",
  );
const family =
  "Brandt Okafor Sørensen Moreau Kowalska Lindgren Pires Vogel Achterberg Castel Finch Novak Ito Marchetti Dahl Roux Weber Calloway Szabo Teller".split(
    " ",
  );
const habits =
  "paper kiln selvedge north slow second quiet corner attic harbour lemon tram linen window oak".split(" ");
const things = "cup shelf desk stair cat lamp hour bench tide room".split(" ");

/** People who have written a review and nothing else: accounts without a password. */
export const reviewers: readonly { email: string; username: string; firstName: string; lastName: string }[] =
  (() => {
    const taken = new Set(rows.map(([name]) => name));
    const plain = (text: string) =>
      text
        .toLowerCase()
        .replaceAll("ø", "o")
        .normalize("NFD")
        .replace(/[^a-z]/g, "");
    return Array.from({ length: 200 }, (_, i) => {
      const firstName = given[i % given.length] ?? "Ada";
      const lastName = family[(i * 7 + Math.floor(i / given.length) * 3) % family.length] ?? "Brandt";
      const forms = [
        `${plain(firstName)}-${plain(lastName).charAt(0)}${10 + ((i * 37) % 89)}`,
        `${plain(firstName)}-${plain(lastName)}`,
        `${habits[(i * 4 + (i >> 4)) % habits.length]}-${things[(i * 3 + (i >> 5)) % things.length]}`,
        `${plain(lastName)}${1960 + ((i * 13) % 44)}`,
      ];
      let username = forms[(i * 5 + (i >> 2)) % 4] ?? "reader";
      if (taken.has(username)) username = `${username}-${i}`;
      taken.add(username);
      return { email: `${username}@example.com`, username, firstName, lastName };
    });
  })();
