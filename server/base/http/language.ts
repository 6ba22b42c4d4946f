/** A Chinese sentence or more, then its English: how every refusal is written. */
const BOTH = /^(?<zh>[\s\S]*[。！？])\s*(?<en>[A-Z"'][\s\S]*)$/

/**
 * The half of a two-language message that the browser asked for; both where it asked for neither, as
 * programs do.
 */
export function inLanguage(message: string, acceptLanguage: string | undefined): string {
  const parts = BOTH.exec(message)?.groups
  const wanted = acceptLanguage?.toLowerCase().match(/\b(zh|en)\b/)?.[1]
  return (wanted && parts?.[wanted]) || message
}
