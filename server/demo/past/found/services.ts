import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { heldOf } from '../../../monitor/inspections/pages/activities.ts'
import { servicesOf } from '../../cast/services.ts'
import { GUIDES, plainPath } from '../../fleet/pages/chrome.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

/** The elements in the order in which they are told. */
const ORDER = ['basis', 'conditions', 'papers', 'place', 'hours', 'phone', 'procedure']

/** What a demo site lacks of services and dialogue. */
export function servicesAtFault({ site, behaviour: { publisher } }: MadeOf): MadeProblem[] {
  const { guideLacks, surveys, interviews } = servicesOf(publisher.salt)
  const isPortal = site.level.endsWith('_portal')
  return [
    ...guides(guideLacks),
    ...held('page-surveys', '/about/surveys.html', surveys, isPortal),
    ...held('page-interviews', '/about/interviews.html', interviews, isPortal),
  ]
}

function guides(lacks: readonly string[]): MadeProblem[] {
  if (lacks.length === 0) return []
  const missing = ORDER.filter((one) => lacks.includes(one))
  const limits = inspectionRule('page-guide')?.limits ?? {}
  const labels = missing.map((one) => {
    const words = limits[one]
    return Array.isArray(words) ? (words[0] ?? one) : one
  })
  return GUIDES.split(',').map((_, n) => ({
    ...{ rule: 'page-guide', key: plainPath(`guide-${n + 1}`), path: plainPath(`guide-${n + 1}`) },
    ...{ excerpt: labels.join('、'), detail: { missing: missing.join(','), count: missing.length } },
  }))
}

function held(rule: string, path: string, count: number | 'plain', isPortal: boolean): MadeProblem[] {
  const least = inspectionRule(rule)?.limits[isPortal ? 'portal' : 'others']
  if (count === 'plain' || typeof least !== 'number' || count >= least) return []
  const kind = count === 0 ? 'none' : 'few'
  return [{ rule, key: kind, path, excerpt: heldOf(count, least), detail: { kind, count } }]
}

/** Columns without a list of anything cannot be counted. */
export function servicesUnmeasured({
  behaviour: { publisher },
}: MadeOf): (readonly [rule: string, reason: string])[] {
  const { surveys, interviews } = servicesOf(publisher.salt)
  return [
    ...(surveys === 'plain' ? [['page-surveys', 'listUnread'] as const] : []),
    ...(interviews === 'plain' ? [['page-interviews', 'listUnread'] as const] : []),
  ]
}
