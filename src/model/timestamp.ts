/**
 * Reads a moment whose order of day and month is beyond doubt, and gives it as UTC text that sorts: `2014-12-05T14:46:00Z`.
 *
 * Understands GeneralizedTime of LDAP (`20141205144600.0Z`, RFC 4517 section 3.3.13), ISO 8601 and
 * `2014-12-05 14:46:00Z`. `undefined` for anything else: a date in the culture of a session (`05/12/2014`) is not guessed.
 */
export function readTimestamp(text: string): string | undefined {
  const parts =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,]\d+)?Z$/.exec(text.trim()) ??
    /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/.exec(text.trim());
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
