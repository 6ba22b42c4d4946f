import iconv from 'iconv-lite'
import { ADDRESSES, FORMS } from './forms.ts'
import { days, type Family, LISTS, listed, type OwnPage } from './kit.ts'
import { PLATFORM_ARTICLES, PLATFORMS } from './platforms.ts'
import { TRAPS } from './traps.ts'

/** All of them, by name. */
export const OWN_PAGES: readonly OwnPage[] = [
  ...FORMS,
  ...ADDRESSES,
  ...TRAPS,
  ...PLATFORMS,
  ...PLATFORM_ARTICLES,
]

/** The same list in the manner of every family. */
export const FAMILY_PAGES: readonly (OwnPage & { readonly family: Family })[] = (
  Object.keys(LISTS) as Family[]
).flatMap((family) =>
  (['home', 'list'] as const).map((kind) => ({
    ...listed(`${family}, ${kind}`, family, days('2020-12-24', '2021-01-08', '2020-12-30'), '2021-01-08'),
    kind,
    family,
  })),
)

/** The bytes of a page and what they call themselves; `lie`: a declaration that is not true. */
export function bytesOf(own: OwnPage, encoding: 'utf8' | 'gbk', lie = false): Buffer {
  const says = (encoding === 'gbk') === lie ? 'utf-8' : 'gb2312'
  return iconv.encode(own.html(says), encoding)
}
