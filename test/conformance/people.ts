import type { Person } from "../writing/person.ts";

const usual = { sip: "", isLicensed: true, isEnabled: true, isGuest: false, isSynchronized: false };

/** The people whom every producer's files show: what is awkward about them is what breaks readers. */
export const people: readonly Person[] = [
  {
    ...usual,
    key: "ana",
    displayName: "Ana Andrade",
    userPrincipalName: "ana@contoso.com",
    mail: "ana@contoso.com",
    addresses: ["SMTP:ana@contoso.com", "smtp:ana@contoso.onmicrosoft.com"],
    sip: "ana@contoso.com",
    isSynchronized: true,
  },
  {
    ...usual,
    key: "roej",
    displayName: "Roe, Jane (HR)",
    userPrincipalName: "roej@contoso.com",
    mail: "jane.roe@contoso.com",
    // X.400 holds semicolons and spaces, X.500 spaces and slashes, EUM a semicolon, and `+` is legal in a local part.
    addresses: [
      "X400:C=US;A= ;P=Contoso;O=Exchange;S=Roe;G=Jane;",
      "smtp:jane+hr@contoso.com",
      "SMTP:jane.roe@contoso.com",
      "X500:/o=Contoso/ou=First Administrative Group/cn=Recipients/cn=roej",
      "eum:1001;phone-context=plan.contoso.com",
      "smtp:roej@contoso.com",
    ],
  },
  {
    ...usual,
    key: "soren",
    displayName: "Søren Ærø-Müller",
    userPrincipalName: "soren@contoso.com",
    mail: "Soren.Aeroe@Contoso.com",
    addresses: ["SMTP:Soren.Aeroe@Contoso.com", "smtp:soren@contoso.com"],
    isLicensed: false,
  },
  {
    ...usual,
    key: "hanako",
    displayName: "山田 花子",
    userPrincipalName: "hanako@contoso.com",
    mail: "hanako@contoso.com",
    addresses: ["SMTP:hanako@contoso.com"],
    isEnabled: false,
  },
  {
    ...usual,
    key: "oneil",
    displayName: 'Bob "Bobby" O\'Neil',
    userPrincipalName: "bob.o'neil@contoso.com",
    mail: "bob.o'neil@contoso.com",
    addresses: [
      "SMTP:bob.o'neil@contoso.com",
      ...Array.from({ length: 25 }, (_, index) => `smtp:bob${index}@fabrikam.com`),
    ],
  },
  {
    ...usual,
    key: "nomail",
    displayName: "No Mail",
    userPrincipalName: "nomail@contoso.com",
    mail: "",
    addresses: [],
    isLicensed: false,
  },
];
