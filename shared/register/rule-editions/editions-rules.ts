import type { EditionBody } from './editions.ts'

/** Kinds of columns (栏目) that rules set a period for. */
export const COLUMN_PERIODS = ['news', 'notice', 'policy', 'personnel', 'plan', 'daily', 'other'] as const

/** What rules count, for the words beside the number (`editions.counts.<name>`). */
export const COUNTED = [
  ...(['percent', 'items', 'columns', 'findings', 'letters', 'targets', 'missing'] as const),
  ...(['surveys', 'interviews', 'classes', 'guides'] as const),
] as const

/** Days of a home page's visits that a rule may ask of at most: so long they are kept one by one. */
export const MOST_WINDOW_DAYS = 7

/** Of an edition that the installation has made: published, it stays as it is for ever. */
export const OWN_STATES = ['draft', 'published', 'retired'] as const
export type OwnState = (typeof OWN_STATES)[number]

/** Of any edition, on a day: `coming` is published and begins later. */
export const EDITION_STATES = ['draft', 'coming', 'inForce', 'published', 'retired'] as const
export type EditionState = (typeof EDITION_STATES)[number]

/** What alerts call one rule and editions count apart: links that do not open, by where they stand. */
const APART: Readonly<Record<string, readonly string[]>> = { LINKS: ['S2a', 'S2b', 'S9b', 'S10'] }

/** The rules that are meant by a name: that of a rule, of its parts (`V3` is V3a, V3b, V3c), or of an alert. */
export function rulesNamed<T extends { readonly id: string }>(rules: readonly T[], name: string): T[] {
  const isMeant = (id: string) => id === name || id.replace(/[a-z]$/, '') === name
  return rules.filter(({ id }) => APART[name]?.includes(id) ?? isMeant(id))
}

/** Where an edition contradicts itself, and how (`editions.fault.<reason>`). */
export interface EditionFault {
  /** As `rules.3.effect`. */
  readonly path: string
  readonly reason:
    | 'twice'
    | 'noSection'
    | 'noRule'
    | 'noLimit'
    | 'replacesItself'
    | 'neverReached'
    | 'warningBeyondVeto'
    | 'failsBeyondStart'
    /** A limit of nothing: everybody would be beyond it. */
    | 'noLess'
    /** More than the visits that are made. */
    | 'tooManyVisits'
  readonly value: string
}

/** What no schema can see: names that lead nowhere, tiers that are never reached, a warning beyond its veto. */
export function editionFaults(edition: EditionBody): EditionFault[] {
  return [
    ...ruleFaults(edition),
    ...precedenceFaults(edition),
    ...limitFaults(edition),
    ...zeroFaults(edition),
  ]
}

function ruleFaults({ rules, sections }: EditionBody): EditionFault[] {
  const known = new Set(sections.map(({ id }) => id))
  return rules.flatMap(({ id, section, effect }, at): EditionFault[] => {
    const faults: EditionFault[] = []
    const path = `rules.${at}`
    if (rules.findIndex((one) => one.id === id) < at) faults.push({ path, reason: 'twice', value: id })
    if (!known.has(section)) faults.push({ path: `${path}.section`, reason: 'noSection', value: section })
    if (effect.form === 'veto' && effect.atLeast === undefined && effect.atMost === undefined)
      faults.push({ path: `${path}.effect`, reason: 'noLimit', value: id })
    if (effect.form === 'tiers') {
      const dead = effect.tiers.findIndex((_, index) => isShadowed(effect.tiers, index))
      if (dead >= 0) faults.push({ path: `${path}.effect.tiers.${dead}`, reason: 'neverReached', value: id })
    }
    return faults
  })
}

type Tiers = Extract<EditionBody['rules'][number]['effect'], { form: 'tiers' }>['tiers']

/** A tier is never reached if it holds nothing, or if one before it takes all that it holds. */
function isShadowed(tiers: Tiers, index: number): boolean {
  const span = (at: number, isPortal: boolean): readonly [number, number] | 'absent' => {
    const given = tiers[at]?.if
    if (!given || given.absent) return 'absent'
    const { from = 0, below = Number.POSITIVE_INFINITY } = given
    return [from, typeof below === 'number' ? below : isPortal ? below.portal : below.other]
  }
  const isDead = (isPortal: boolean) => {
    const own = span(index, isPortal)
    const before = tiers.slice(0, index).map((_, at) => span(at, isPortal))
    if (own === 'absent') return before.includes('absent')
    if (own[0] >= own[1]) return true
    return before.some((one) => one !== 'absent' && one[0] <= own[0] && one[1] >= own[1])
  }
  return isDead(true) && isDead(false)
}

function precedenceFaults({ rules, precedence }: EditionBody): EditionFault[] {
  const known = new Set(rules.map(({ id }) => id))
  return precedence.flatMap(({ rule, replaces }, at): EditionFault[] => {
    const path = `precedence.${at}`
    const lost = [rule, ...replaces].find((id) => !known.has(id))
    if (lost) return [{ path, reason: 'noRule', value: lost }]
    const effect = rules.find(({ id }) => id === rule)?.effect
    if (effect?.form !== 'veto') return [{ path, reason: 'noLimit', value: rule }]
    return replaces.includes(rule) ? [{ path, reason: 'replacesItself', value: rule }] : []
  })
}

function zeroFaults({ rules, warnings }: EditionBody): EditionFault[] {
  const ofRules = rules.flatMap(({ id, effect }, at): EditionFault[] =>
    effect.form === 'veto' && effect.atLeast === 0
      ? [{ path: `rules.${at}.effect`, reason: 'noLess', value: id }]
      : [],
  )
  const ofWarnings = Object.entries(warnings).flatMap(([id, limit]): EditionFault[] =>
    limit > 0 ? [] : [{ path: `warnings.${id}`, reason: 'noLess', value: id }],
  )
  return [...ofRules, ...ofWarnings]
}

function limitFaults({ rules, outcome, measures, warnings }: EditionBody): EditionFault[] {
  const faults: EditionFault[] = []
  const vetoes = new Map(
    rules.map(({ id, effect }) => [id, effect.form === 'veto' ? effect.atLeast : undefined]),
  )
  for (const id of ['V1', 'V3b', 'V3c'] as const) {
    const limit = vetoes.get(id)
    if (limit !== undefined && warnings[id] > limit)
      faults.push({ path: `warnings.${id}`, reason: 'warningBeyondVeto', value: id })
  }
  if (warnings.V2 > measures.update.windowDays)
    faults.push({ path: 'warnings.V2', reason: 'warningBeyondVeto', value: 'V2' })
  const limit = 'atLeast' in outcome.fails ? outcome.fails.atLeast : outcome.fails.moreThan
  if (limit > outcome.start)
    faults.push({ path: 'outcome', reason: 'failsBeyondStart', value: String(limit) })
  return faults
}
