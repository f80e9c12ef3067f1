/** Structured data of the shop itself and of its lists, as schema.org names it. */
import type { Store } from "@/lib/queries/settings";

type Node = Readonly<Record<string, unknown>>;

/** Where a page stands. `site` is the shop's address without a slash at its end. */
export function breadcrumbData(steps: readonly { name: string; href: string }[], site: string): Node {
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ name, href }, i) => ({
      "@type": "ListItem",
      position: i + 1,
      name,
      item: `${site}${href}`,
    })),
  };
}

/** The shop and its site with the address of its search, for the front page. */
export function shopData(store: Store, site: string): Node {
  return {
    "@context": "https://schema.org",
    "@graph": [
      {
        "@type": "OnlineStore",
        "@id": `${site}/#shop`,
        name: store.name,
        url: `${site}/`,
        logo: `${site}/brand/icon-512.png`,
        email: store.email,
        contactPoint: {
          "@type": "ContactPoint",
          contactType: "customer service",
          email: store.email,
          url: `${site}/contact`,
        },
        hasMerchantReturnPolicy: returnPolicy(store),
      },
      {
        "@type": "WebSite",
        "@id": `${site}/#site`,
        name: store.name,
        url: `${site}/`,
        publisher: { "@id": `${site}/#shop` },
        potentialAction: {
          "@type": "SearchAction",
          target: { "@type": "EntryPoint", urlTemplate: `${site}/search?q={search_term_string}` },
          "query-input": "required name=search_term_string",
        },
      },
    ],
  };
}

/** The products of one page of a list, in their order; `first` is the place of the first one. */
export function listData(
  { name, url, first = 1 }: { name: string; url: string; first?: number },
  items: readonly { name: string; href: string }[],
  site: string,
): Node {
  return {
    "@context": "https://schema.org",
    "@type": "ItemList",
    name,
    url: `${site}${url}`,
    numberOfItems: items.length,
    itemListElement: items.map((item, i) => ({
      "@type": "ListItem",
      position: first + i,
      name: item.name,
      url: `${site}${item.href}`,
    })),
  };
}

/** An article of the journal. Pictures are paths from "/" on. */
export function articleData(
  article: { title: string; summary: string; on: string; href: string; picture: string },
  store: Store,
  site: string,
): Node {
  const shop = { "@type": "Organization", name: store.name, url: `${site}/` };
  return {
    "@context": "https://schema.org",
    "@type": "BlogPosting",
    headline: article.title,
    description: article.summary,
    datePublished: article.on,
    image: [`${site}${article.picture}`],
    mainEntityOfPage: `${site}${article.href}`,
    author: shop,
    publisher: shop,
  };
}

/** How goods go back: the shopper sends them and bears that cost (content/shipping-and-returns.md says the same). */
export function returnPolicy({ country, returnWindowDays }: Store): Node {
  if (returnWindowDays === 0)
    return {
      "@type": "MerchantReturnPolicy",
      applicableCountry: country,
      returnPolicyCategory: "https://schema.org/MerchantReturnNotPermitted",
    };
  return {
    "@type": "MerchantReturnPolicy",
    applicableCountry: country,
    returnPolicyCountry: country,
    returnPolicyCategory: "https://schema.org/MerchantReturnFiniteReturnWindow",
    merchantReturnDays: returnWindowDays,
    returnMethod: "https://schema.org/ReturnByMail",
    returnFees: "https://schema.org/ReturnFeesCustomerResponsibility",
    refundType: "https://schema.org/FullRefund",
  };
}
