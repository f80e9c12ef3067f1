/** For tests of orders of a former shop: a file as Shopify writes it. */

const HEAD = [
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code",
  "Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku",
  "Billing Name,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Province,Shipping Country",
  "Shipping Phone,Notes,Cancelled at,Payment Method,Payment Reference,Refunded Amount,Id,Tags",
].join(",");
const LINE = (number: string, quantity: number, name: string, price: string, sku: string) =>
  `${number},,,,,,,,,,,,,,${quantity},${name},${price},${sku},,,,,,,,,,,,,,,`;
const PAID = "paid,2026-05-01 10:01:00 +0200,fulfilled";
const ADDRESS = "Ada King,Ada Lovelace,Torstraße 1,Berlin,'10119,BE,DE,'+4930123456";

/** An order's later rows say its lines alone. */
export const shopifyOrders = ({ state = PAID, refunded = "0.00", cup = "Cup" } = {}) =>
  [
    HEAD,
    `#1001,Ada@Example.com,${state},EUR,"1,210.00",4.90,193.97,"1,214.90",SPRING,10.00,Post,2026-05-01 10:00:00 +0200,2,Mug - Blue,600.00,mug,${ADDRESS},"Ring twice,\nplease",,Shopify Payments,c123.secret,${refunded},5001,"vip, gift"`,
    LINE("#1001", 1, cup, "20.00", "OLD-CUP"),
    `#1002,grace@navy.example,refunded,,,JPY,1200,0,0,1200,,0,,2026-04-01 09:00:00 -0700,1,Print,1200,,Grace Hopper,,,,,,,,,2026-04-02 09:00:00 -0700,Paypal,p456,1200,5002,`,
    `#1003,not an address,pending,,,USD,5.00,0.00,0.00,5.00,,0.00,,2026-03-01 09:00:00 +0000,1,Card,5.00,,,,,,,,,,,,,,0.00,5003,`,
    `#1004,ada@example.com,paid,,,EUR,5.00,,,free,,,,2026-03-01 09:00:00 +0000,1,Card,5.00,,,,,,,,,,,,,,0.00,5004,`,
    `#1005,ada@example.com,paid,,,EUR,5.00,0.00,0.00,5.00,,0.00,,2026-02-01 09:00:00 +0100,1,Card,5.00,,,Ada Lovelace,Torstraße 1,Berlin,10119,,DE,,,,,,0.00,5005,`,
    LINE("#1002", 1, "Lost line", "1", ""),
  ].join("\r\n");
