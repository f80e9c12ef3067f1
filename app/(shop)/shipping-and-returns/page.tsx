import type { Metadata } from "next";
import { TextPage, textMetadata } from "../text-page";

export const generateMetadata = (): Promise<Metadata> => textMetadata("shipping-and-returns");

export default function ShippingAndReturnsPage() {
  return <TextPage name="shipping-and-returns" />;
}
