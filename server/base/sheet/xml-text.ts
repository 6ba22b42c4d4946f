const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Signs that XML has no way to write (XML 1.0, 2.2). */
const UNWRITABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

/** Anybody's text without what XML cannot say, and without halves of signs. */
export const writable = (value: string): string => value.toWellFormed().replace(UNWRITABLE, '')

/** Anybody's text as the text of an office file. */
export const xmlText = (value: string): string =>
  writable(value).replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
