import { groupBy } from '../../../../shared/base/lists/group.ts'
import { faultWords, templateNames } from '../../../../shared/monitor/page-checks/fault-words.ts'
import {
  type AccessFault,
  type AccessLevel,
  IMPACTS,
  type Impact,
  type Template,
} from '../../../../shared/monitor/page-checks/page-checks-rules.ts'
import type { CheckedPage } from '../../page-checks/queries.ts'
import type { Outcome, Problem } from '../rule.ts'

type Looked = Pick<CheckedPage, 'template' | 'url' | 'found' | 'isOld' | 'reason'>

/** A fault with the page that it was found on. */
interface Sighting {
  readonly url: string
  readonly template: Template
  readonly fault: AccessFault
}

/** A fault whose weight axe-core does not say stands at the end. */
const rankOf = (impact: Impact | null): number => (impact === null ? IMPACTS.length : IMPACTS.indexOf(impact))

/**
 * What the pages of a site that a browser has looked at say of its accessibility by one level: each rule of axe-core that is broken
 * is one problem, on however many of them.
 * @param canRender whether there is a browser to look with.
 */
export function judgeAccess(level: AccessLevel, pages: readonly Looked[], canRender: boolean): Outcome {
  const sightings = pages.flatMap(({ url, template, found }) =>
    found && typeof found.access !== 'string'
      ? found.access.flatMap((fault) => (fault.level === level ? [{ url, template, fault }] : []))
      : [],
  )
  const byRule = groupBy(sightings, ({ fault }) => fault.rule)
  if (byRule.size > 0) return { outcome: 'found', problems: worstLast(byRule) }
  if (pages.some(({ found }) => found && typeof found.access !== 'string')) return { outcome: 'clear' }
  const said = pages.flatMap(({ found }) => (found && typeof found.access === 'string' ? [found.access] : []))
  const how = said.map((one) => (one === 'axe_late' ? 'late' : 'failed'))
  return { outcome: 'unmeasured', reason: whyUnseen(pages, how, canRender) }
}

/** The newest of what is found stands first in lists and is pictured first: the worst is to be found last. */
function worstLast(byRule: ReadonlyMap<string, readonly Sighting[]>): Problem[] {
  return [...byRule.values()]
    .sort(([a], [b]) => rankOf(b?.fault.impact ?? null) - rankOf(a?.fault.impact ?? null))
    .flatMap((all) => problemOf(all) ?? [])
}

function problemOf(all: readonly Sighting[]): Problem | null {
  const [sighting] = all
  if (!sighting) return null
  const { url, fault } = sighting
  const [place] = fault.first
  const { what, mend } = faultWords(fault.rule) ?? {}
  const where = templateNames(all.map(({ template }) => template))
  return {
    ...{ key: fault.rule, url, excerpt: fault.first.map(({ html }) => html).join(' ') },
    outline: place?.selector ? { selector: place.selector } : null,
    detail: {
      ...{ zh: what?.zh ?? fault.zh, en: what?.en ?? fault.en, impact: fault.impact },
      // What its sentence is made of; a fault that has no words of ours is told in those of axe-core.
      ...(mend && { form: fault.impact ?? 'minor', mendZh: mend.zh, mendEn: mend.en }),
      ...{ whereZh: where.zh, whereEn: where.en },
      places: all.reduce((sum, one) => sum + one.fault.places, 0),
      pages: all.map(({ template }) => template).join(' '),
      at: fault.first.flatMap(({ selector }) => selector ?? []).join(' | '),
    },
  }
}

/**
 * Why a browser has not seen what a rule asks for.
 * @param how what came of looking at the pages that it has opened (`without`: by a version that did not ask for it). @param canRender whether there is a browser to look with.
 */
export function whyUnseen(
  pages: readonly Pick<Looked, 'isOld' | 'reason'>[],
  how: readonly ('late' | 'failed' | 'without')[],
  canRender: boolean,
): string {
  if (how.includes('late')) return 'accessLate'
  if (how.includes('failed')) return 'accessFailed'
  if (!canRender) return 'accessNoRenderer'
  if (how.includes('without')) return 'accessWithout'
  if (pages.some(({ isOld, reason }) => isOld && reason === null)) return 'accessOld'
  const why = pages.flatMap(({ reason }) => (reason === null || reason === 'no_such_page' ? [] : [reason]))
  if (why.includes('blocked')) return 'accessBlocked'
  return why.length > 0 ? 'accessNotDrawn' : 'accessNever'
}
