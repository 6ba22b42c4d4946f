/** Where a link of a page at `base` leads; undefined where that is not the web (`javascript:`, `mailto:`) or nonsense. */
export function webAddress(href: string | undefined, base: string | undefined): string | undefined {
  if (!href) return undefined
  try {
    const url = new URL(href, base)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined
  } catch {
    return undefined
  }
}
