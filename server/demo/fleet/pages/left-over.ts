import { chance, mix } from '../../cast/random.ts'

/** Pages of the menu whose title nobody gave: of the whole platform, or of one site. */
const OF_PLATFORM = { slug: 'surveys', title: '页面标题' }
const OF_SITE = { slug: 'interviews', title: '无标题文档' }

const numberOf = (text: string): number => mix(...[...text].map((one) => one.codePointAt(0) ?? 0))

/** The title that the template of a page has left, where nobody gave the page one. */
export function leftOverTitle(platform: string | null, salt: number, slug: string): string | null {
  const isOfPlatform = platform !== null && numberOf(platform) % 5 === 0
  if (slug === OF_PLATFORM.slug && isOfPlatform) return OF_PLATFORM.title
  return slug === OF_SITE.slug && chance(salt, 211) < 0.03 ? OF_SITE.title : null
}

/** The pages of a site that have such a title. */
export function leftOverTitles(platform: string | null, salt: number): { slug: string; title: string }[] {
  return [OF_PLATFORM.slug, OF_SITE.slug].flatMap((slug) => {
    const title = leftOverTitle(platform, salt, slug)
    return title === null ? [] : [{ slug, title }]
  })
}
