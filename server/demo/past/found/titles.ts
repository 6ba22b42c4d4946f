import { chance } from '../../cast/random.ts'
import { plainPath } from '../../fleet/pages/chrome.ts'
import { leftOverTitles } from '../../fleet/pages/left-over.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

const of = (slug: string, title: string): MadeProblem => ({
  ...{ rule: 'page-title', key: plainPath(slug), path: plainPath(slug), excerpt: title, detail: { title } },
})

/** Pages whose title a template has left, and some that were given one meanwhile. */
export function untitledPages({ site, behaviour }: MadeOf): MadeProblem[] {
  const { salt } = behaviour.publisher
  const mended =
    chance(salt, 212) < 0.06 ? [{ ...of('query', 'Untitled Document'), isGone: true as const }] : []
  return [...leftOverTitles(site.platform, salt).map(({ slug, title }) => of(slug, title)), ...mended]
}
