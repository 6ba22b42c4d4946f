/** An address that can be visited, without its fragment; null for anything else. */
export function absolute(href: string, base: string): string | null {
  if (href === '' || !URL.canParse(href, base)) return null
  const url = new URL(href, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  url.hash = ''
  return url.href
}

/** Folders that only sort a column's items by time or number. */
const SORTING = /^(?:t?\d{1,8}|\d{4}-\d{1,2}(?:-\d{1,2})?|art|content|html)$/

/** The folder that a page lies in, without those that only sort items; null for the top of a site. */
export function folderOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null
  const { host, pathname } = new URL(url)
  const folders = pathname.split('/').slice(1, -1)
  while (SORTING.test(folders.at(-1) ?? '')) folders.pop()
  return folders.length === 0 ? null : `${host}/${folders.join('/')}/`
}

/** The folder that most of these pages lie in; null when no folder has more than half of them. */
export function entriesFolder(urls: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>()
  for (const url of urls) {
    const folder = folderOf(url)
    if (folder !== null) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most && most[1] * 2 > urls.length ? most[0] : null
}
