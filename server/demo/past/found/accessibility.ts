import type { PageCheck, Template, Unseen } from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import { atOnce } from '../../../base/slices.ts'
import { judgeAccess } from '../../../monitor/inspections/accessibility/judge.ts'
import { judgeDrawn } from '../../../monitor/inspections/content/hidden-drawn.ts'
import type { Outcome } from '../../../monitor/inspections/rule.ts'
import { calendarDay } from '../../cast/calendar.ts'
import { isDrawn } from '../../cast/cast.ts'
import { contentFaults, DRAWN_HOST, DRAWN_LINKS } from '../../fleet/pages/content/faults.ts'
import { type Lapse, lapsesOf, toldOf } from '../../fleet/pages/content/lapses.ts'
import { templates } from '../../fleet/pages/looks/index.ts'
import { newestItem } from '../../fleet/publishing.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

/** By which version the fleet's pages were looked at. */
const AXE = '4.14.1'
/** Places of each lapse on the pages that have it; what stands beside each entry is on lists alone. */
const PLACES: Readonly<Record<Lapse, Partial<Record<Template, number>>>> = {
  marquee: { home: 1, list: 1, article: 1 },
  label: { home: 1, list: 1, article: 1 },
  alt: { home: 40, list: 20 },
  contrast: { home: 40, list: 20 },
}
const BESIDE_ENTRIES: readonly Lapse[] = ['alt', 'contrast']

/** A page of a made-up site with what a browser would have found of it. */
export interface MadeCheck {
  readonly template: Template
  /** Below the site's own address. */
  readonly path: string
  readonly found: PageCheck
}

/** One page of each template of a made-up site, as its script has it. */
export function madeChecks({ behaviour, atMs }: MadeOf): MadeCheck[] {
  const { traits, publisher, edition } = behaviour
  const item = newestItem(publisher, atMs, edition)
  const { listPaths, articlePath } = templates[traits.look]
  const pages: readonly (readonly [Template, string])[] = [
    ['home', '/'],
    ['list', listPaths.news],
    ...(item ? [['article', articlePath(item, calendarDay(item.day))] as const] : []),
  ]
  const lapses = lapsesOf(traits.look, publisher.salt)
  // What a script draws, and an entrance, has no entries that the template writes.
  const isPlain = traits.home !== 'entrance' && !isDrawn(traits.home)
  const told = lapses.filter((lapse) => lapse !== 'contrast' || traits.home !== 'undated')
  return pages.map(([template, path]) => {
    const access = told.flatMap((lapse) => {
      const isBeside = BESIDE_ENTRIES.includes(lapse)
      const places = PLACES[lapse][template]
      const isThere = !isBeside || isPlain || (template === 'list' && traits.home === 'entrance')
      return places !== undefined && isThere ? [toldOf(lapse, places)] : []
    })
    const readyMs = Math.round(traits.latencyMs + 240)
    return {
      ...{ template, path },
      found: {
        ...{ axe: AXE, access, unseen: template === 'home' ? unseenOn(publisher.salt) : NONE_UNSEEN },
        load: { readyMs, paintMs: readyMs + 60, loadMs: readyMs + 420 },
      },
    }
  })
}

const NONE_UNSEEN: Unseen = { blocks: [], isCut: false }

/** What a home page hides that only a browser can know. */
function unseenOn(salt: number): Unseen {
  if (!contentFaults(salt).includes('hiddenByFile')) return NONE_UNSEEN
  const links = DRAWN_LINKS.map((text) => ({ href: `http://www.${DRAWN_HOST}/`, text }))
  return {
    blocks: [{ by: 'offscreen', isLater: false, own: 0, text: DRAWN_LINKS.join(' '), links }],
    isCut: false,
  }
}

const LEVELS = [
  ['access-a', 'A'],
  ['access-aa', 'AA'],
] as const

/** What of a made-up site is not accessible, and what it hides in a browser, as the rules judge it. */
export function lapsesFound(of: MadeOf): MadeProblem[] {
  const home = `http://${of.site.host}/`
  const pages = madeChecks(of).map(({ template, path, found }) => ({
    ...{ template, url: new URL(path, home).href, at: null, found, isOld: false, reason: null },
  }))
  return [
    ...LEVELS.flatMap(([rule, level]) => madeOf(rule, judgeAccess(level, pages, true))),
    ...madeOf('hidden-links-drawn', atOnce(judgeDrawn({ url: home }, pages, [], true))),
  ]
}

function madeOf(rule: string, said: Outcome): MadeProblem[] {
  if (said.outcome !== 'found') return []
  return said.problems.map(({ key, url, excerpt, detail, outline, told }) => {
    const { pathname, search } = new URL(url)
    const path = `${pathname}${search}`
    return { ...{ rule, key, path, excerpt, detail, outline }, ...(told !== undefined && { told }) }
  })
}
