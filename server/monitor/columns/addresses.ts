/** The addresses of one page, each parsed once however often it is looked at. */
export class Addresses {
  readonly #base: string
  readonly #urls = new Map<string, string | null>()
  readonly #folders = new Map<string, string | null>()

  constructor(base: string) {
    this.#base = base
  }

  /** Where a link leads; null where nobody can go. */
  url(href: string): string | null {
    const known = this.#urls.get(href)
    if (known !== undefined) return known
    const url = absolute(href, this.#base)
    this.#urls.set(href, url)
    return url
  }

  /** The folder of an address that `url` gave. */
  folder(url: string | null): string | null {
    if (url === null) return null
    const known = this.#folders.get(url)
    if (known !== undefined) return known
    const folder = folderOf(url)
    this.#folders.set(url, folder)
    return folder
  }

  /** The folder that most of these pages lie in; null when no folder has more than half of them. */
  commonFolder(urls: readonly (string | null)[]): string | null {
    const counts = new Map<string, number>()
    for (const url of urls) {
      const folder = this.folder(url)
      if (folder !== null) counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
    const [most] = [...counts].sort((a, b) => b[1] - a[1])
    return most && most[1] * 2 > urls.length ? most[0] : null
  }
}

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
