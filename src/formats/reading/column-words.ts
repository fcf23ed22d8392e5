import type { UserField } from "../../model/fields.ts";

/** What a column of a list can be for: a field of a user, or a part of one. */
export type ColumnRole =
  | UserField
  | "primarySmtpAddress"
  | "smtpAddresses"
  | "sipAddresses"
  | "x500Addresses"
  | "isDisabled"
  | "licenses"
  | "deletedAt"
  | "objectClass";

/** What a cell looks like. Several may be true of one: an address can be a sign-in name. */
export type Shape = "address" | "addresses" | "typed" | "guid" | "anchor" | "dn" | "truth" | "word" | "text" | "kind";

/** A role, what people call it, and what its cells must look like. */
export interface ColumnWords {
  readonly role: ColumnRole;
  /** As {@link nameKey} gives them; in English, German, French, Spanish, Dutch and Italian. */
  readonly names: string;
  /** Its cells have one of these shapes; without any, whatever they are. */
  readonly shapes?: readonly Shape[];
}

/**
 * What people call the columns of their own lists. Some names are of several roles: the first counts that the cells fit.
 * Recovery addresses (OtherMails, AlternateEmailAddresses) are in none of them: no mail comes there.
 */
export const columnWords: readonly ColumnWords[] = [
  {
    role: "userPrincipalName",
    shapes: ["address"],
    names:
      "userprincipalname upn signinname signin login loginname logon logonname userlogonname username user windowsliveid " +
      "microsoftonlineservicesid anmeldename anmeldung benutzername benutzerprinzipalname benutzeranmeldename " +
      "nomdutilisateur nomdutilisateurprincipal nomprincipaldutilisateur identifiant identifiantdeconnexion nomdeconnexion " +
      "nombredeusuario usuario nombreprincipaldeusuario nombredeiniciodesesion iniciodesesion " +
      "gebruikersnaam aanmeldnaam inlognaam gebruikersprincipalnaam nomeutente utente nomeprincipaleutente nomediaccesso accesso",
  },
  {
    role: "proxyAddresses",
    shapes: ["typed", "addresses", "address"],
    names:
      "proxyaddresses proxyaddress proxyaddr emailaddresses smtpaddresses smtpaddress addresses address alladdresses " +
      "proxyadressen adressen emailadressen mailadressen alleadressen alleemailadressen adresses adressesemail adressesmail " +
      "touteslesadresses direcciones direccionesdecorreo correos indirizzi indirizziemail tuttigliindirizzi",
  },
  {
    role: "primarySmtpAddress",
    shapes: ["address", "typed"],
    names:
      "primarysmtpaddress primarysmtp primary primaryemail primarymail primaryaddress primaryemailaddress mainemail defaultemail " +
      "hauptemail hauptmail hauptadresse hauptemailadresse primareemail primareadresse primareemailadresse primaresmtpadresse " +
      "adresseprincipale adresseemailprincipale adressesmtpprincipale emailprincipal mailprincipal principal correoprincipal direccionprincipal " +
      "direcciondecorreoprincipal primairadres primairemailadres primairesmtpadres hoofdadres hoofdemailadres " +
      "indirizzoprincipale emailprincipale indirizzoemailprincipale principale",
  },
  {
    role: "smtpAddresses",
    shapes: ["addresses", "address", "typed"],
    names:
      "smtp alias aliases aliassmtpaddresses secondarysmtpaddresses smtpaliases emailalias emailaliases mailaliases secondaryemail " +
      "secondaryemails secondaryaddress secondaryaddresses additionaladdresses additionalemails otheraddresses on " +
      "aliase aliasadressen weitereadressen weitereemail weitereemails weiteremail weitereemailadressen zusatzlicheadressen sekundareadressen " +
      "nebenadressen autresadresses autresemails adressessecondaires aliasmail otrasdirecciones otroscorreos " +
      "direccionessecundarias direccionesadicionales overigeadressen andereadressen secundaireadressen extraadressen " +
      "altriindirizzi indirizzisecondari indirizziaggiuntivi",
  },
  { role: "sipAddresses", shapes: ["address", "addresses", "typed"], names: "sip" },
  {
    role: "sipAddress",
    shapes: ["address", "typed"],
    names: "sipaddress sipproxyaddress msrtcsipprimaryuseraddress",
  },
  { role: "x500Addresses", names: "x500 x500addresses" },
  {
    role: "mail",
    shapes: ["address"],
    names:
      "mail email emailaddress windowsemailaddress workemail emailadresse mailadresse courriel adressemail adresseemail " +
      "adresseelectronique correo correoelectronico direcciondecorreo direcciondecorreoelectronico emailadres mailadres " +
      "postaelettronica indirizzoemail indirizzomail",
  },
  {
    role: "objectId",
    shapes: ["guid"],
    names:
      "objectid id userid externaldirectoryobjectid azureobjectid azobjectid azureadobjectid entraobjectid entraid objektid " +
      "objektkennung iddobjet idobjet iddeobjeto idobjeto idoggetto",
  },
  { role: "immutableId", shapes: ["anchor"], names: "immutableid onpremisesimmutableid sourceanchor" },
  { role: "sourceAnchor", shapes: ["guid"], names: "objectguid adobjectguid adguid guid" },
  { role: "distinguishedName", shapes: ["dn"], names: "distinguishedname dn definiertername" },
  {
    role: "samAccountName",
    shapes: ["word"],
    names:
      "samaccountname samaccount sam accountname account username user login loginname logon logonname uid kontoname konto " +
      "benutzername anmeldename nomdecompte compte identifiant nomdutilisateur nombredecuenta cuenta nombredeusuario usuario accountnaam " +
      "gebruikersnaam aanmeldnaam inlognaam nomeaccount nomeutente utente",
  },
  {
    role: "displayName",
    shapes: ["text", "word"],
    names:
      "displayname fullname name user username employee person anzeigename vollername vollstandigername benutzer mitarbeiter " +
      "nomcomplet nomaffiche nomdaffichage nomacafficher nom utilisateur nombrecompleto nombreparamostrar nombremostrado nombre usuario " +
      "weergavenaam volledigenaam naam gebruiker medewerker nomevisualizzato nomecompleto nome utente dipendente",
  },
  { role: "mailNickname", shapes: ["word"], names: "mailnickname alias nickname" },
  { role: "givenName", shapes: ["text", "word"], names: "givenname firstname vorname prenom nombredepila voornaam" },
  {
    role: "surname",
    shapes: ["text", "word"],
    names: "surname lastname familyname nachname familienname nomdefamille apellido apellidos achternaam cognome",
  },
  {
    role: "isEnabled",
    shapes: ["truth"],
    names:
      "enabled accountenabled isenabled active isactive aktiv aktiviert kontoaktiviert actif activo habilitado cuentahabilitada " +
      "ingeschakeld actief attivo abilitato status",
  },
  {
    role: "isDisabled",
    shapes: ["truth"],
    names:
      "disabled accountdisabled blockcredential blocked signinblocked deaktiviert gesperrt anmeldunggesperrt bloque desactive " +
      "bloqueado deshabilitado geblokkeerd uitgeschakeld bloccato disabilitato disattivato",
  },
  { role: "isLicensed", shapes: ["truth"], names: "islicensed licensed haslicense lizenziert" },
  {
    role: "licenses",
    names:
      "licenses license assignedlicenses lizenz lizenzen licence licences licencia licencias licentie licenties licenza licenze",
  },
  {
    role: "isGuest",
    shapes: ["kind"],
    names: "usertype benutzertyp typedutilisateur tipodeusuario gebruikerstype tipoutente",
  },
  {
    role: "recipientType",
    shapes: ["kind"],
    names: "recipienttypedetails recipienttype mailboxtype objecttype type typ tipo empfangertyp typededestinataire",
  },
  { role: "objectClass", names: "objectclass objektklasse" },
  { role: "deletedAt", names: "softdeletiontimestamp deleteddatetime deletiontimestamp" },
  {
    role: "isSynchronized",
    shapes: ["truth"],
    names: "dirsyncenabled onpremisessyncenabled isdirsynced directorysynced",
  },
  { role: "lastSyncTime", names: "lastdirsynctime onpremiseslastsyncdatetime" },
  { role: "targetAddress", shapes: ["address", "typed"], names: "targetaddress externalemailaddress" },
  {
    role: "department",
    shapes: ["text", "word"],
    names: "department abteilung departement departamento afdeling reparto dipartimento",
  },
  {
    role: "jobTitle",
    shapes: ["text", "word"],
    names: "jobtitle title position funktion fonction puesto cargo functie qualifica",
  },
];

/** Roles that may stand in several columns; each gives its addresses. */
export const listRoles: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
  "proxyAddresses",
  "smtpAddresses",
  "sipAddresses",
  "x500Addresses",
]);

/** The form in which names of columns of own lists are compared: letters and digits, no accents, no case. */
export function nameKey(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replace(/[^a-z0-9]+/g, "");
}

/** Takes off what all names end in: `UserPrincipalName_Source`, `DisplayName_Source`. */
export function withoutCommonEnding(header: readonly string[]): readonly string[] {
  const [first = ""] = header;
  const ending = /[_. -][^_. -]+$/.exec(first)?.[0];
  const isCommon = ending !== undefined && header.length > 1 && header.every((name) => name.endsWith(ending));
  return isCommon ? header.map((name) => name.slice(0, -ending.length)) : header;
}
