import { expect, it } from "vitest";
import { saySame } from "../../src/model/same-text.ts";

it.each([
  ["jobTitle", "Head of Sales", "HEAD OF  SALES"],
  ["companyName", "Contoso Ltd.", "Contoso, Ltd"],
  ["streetAddress", "Main Street 1\r\n1st floor", "Main Street 1, 1st floor"],
  ["displayName", "Andrade, Ana (HR)", "Ana Andrade HR"],
  ["displayName", "Zoe\u0308", "Zo\u00eb"],
  ["jobTitle", "Clerk\u200b", "Clerk"],
  ["country", "US", "United States"],
  ["country", "usa", "US"],
  ["country", "Deutschland", "DE"],
  ["country", "CZ", "Czech Republic"],
] as const)("%s: %j and %j say the same", (field, one, other) => {
  expect([saySame(field, one, other), saySame(field, other, one)]).toEqual([true, true]);
});

it.each([
  ["jobTitle", "Head of Sales", "Head of Legal"],
  ["jobTitle", "Sales Head", "Head Sales"],
  ["displayName", "Ana Andrade", "Ana Andersen"],
  ["telephoneNumber", "+49 40 1", "+49 40 2"],
  ["country", "DE", "France"],
  ["country", "DE", "FR"],
  ["state", "DE", "Germany"],
] as const)("%s: %j and %j do not", (field, one, other) => {
  expect([saySame(field, one, other), saySame(field, other, one)]).toEqual([false, false]);
});
