import { HOUR, MINUTE } from '../../../../shared/base/time.ts'
import { type HostState, isBad } from '../../../../shared/monitor/outbound/outbound-rules.ts'
import type { Cause } from '../../../../shared/monitor/visit/probes.ts'
import { domainOf } from '../domain.ts'
import { LIMITS } from '../limits.ts'
import { badHost, OFFERED, REGISTRAR, SELLERS } from '../words/hosts.ts'
import { badWords, WORD_KINDS, type WordKind } from '../words/words.ts'

/** Where the address of a host leads. */
export interface Landing {
  readonly url: string | null
  readonly host: string | null
  readonly domain: string | null
  readonly title: string
  /** Who issued its certificate; null without one. */
  readonly issuer: string | null
  readonly status: number | null
  readonly cause: Cause | null
}

/** What one look at a host brought. */
export interface HostLook {
  readonly landing: Landing
  /** Description, keywords and first heading; and the beginning of what is shown. */
  readonly head: string
  readonly body: string
  /** Whether the host's domain is registered; null where that could not be found out, or nobody asked. */
  readonly isRegistered: boolean | null
}

export interface HostVerdict {
  readonly state: Exclude<HostState, 'waiting'>
  /** What speaks for it, the gravest first. */
  readonly signs: readonly string[]
}

const MOST_SIGNS = 6
const same = (state: HostVerdict['state']): HostVerdict => ({ state, signs: [] })

/**
 * What a look says of a host. Words count in title, description and heading; those of the page only where it is another's now than
 * the one that was linked to, or than the look before found. Official hosts need more of them. That an address became https, got
 * or lost its `www`, leads to another name or bears another title is nothing by itself.
 * @param asked the host that sites link to. @param before where it led when it was well; null at first.
 */
export function judgeHost(asked: string, look: HostLook, before: Landing | null): HostVerdict {
  const { landing, isRegistered } = look
  if (landing.cause === 'dns_not_found' && isRegistered === false) return same('dead')
  if (landing.cause !== null || landing.host === null) return same('unopened')
  const domain = landing.domain ?? landing.host
  const isElsewhere = domain !== domainOf(asked)
  const isOther = isElsewhere || (before !== null && before.domain !== domain)
  const isNewPage = isOther || (before !== null && isRetitled(before, landing))
  const parked = parkingSigns(look, domain, isOther)
  if (parked.length > 0) return { state: 'parked', signs: parked }
  const bad = badSigns(look, isElsewhere ? landing.host : null, isNewPage)
  const enough = isOfficial(domain) ? LIMITS.signs.official : LIMITS.signs.enough
  for (const { signs, weight } of bad) {
    if (weight >= enough) return { state: 'hijacked', signs: signs.slice(0, MOST_SIGNS) }
  }
  return same(isElsewhere ? 'moved' : 'fine')
}

/** A title without what differs from day to day: numbers of a date or a counter. */
export const bareTitle = (title: string): string => title.replace(/\d+/g, '')

/** The same page bears another title; two pages of a host have two. */
const isRetitled = (before: Landing, after: Landing): boolean =>
  pathOf(before.url) === pathOf(after.url) && bareTitle(before.title) !== bareTitle(after.title)

const pathOf = (url: string | null): string | null =>
  url !== null && URL.canParse(url) ? new URL(url).pathname : null

const isOfficial = (domain: string): boolean =>
  LIMITS.official.some((one) => domain === one || domain.endsWith(`.${one}`))

/** Words that say what a page has become, by kind. @param host where it led, if elsewhere. */
function badSigns({ landing, head, body }: HostLook, host: string | null, countsBody: boolean) {
  const said = badWords(`${landing.title}\n${head}`)
  const below = badWords(body).filter(({ weight }) => weight === 3)
  // Of a host that was never seen otherwise, a few words are what it writes about; many are what it is.
  const needed = countsBody ? LIMITS.signs.ofBody : LIMITS.signs.ofBodyAlone
  return WORD_KINDS.filter((kind) => kind !== 'parking').map((kind) => {
    const isNamed = host !== null && badHost(host) === kind
    const words = said.filter((one) => one.kind === kind)
    const shown = below.filter((one) => one.kind === kind).map(({ word }) => word)
    const isShown = shown.length >= needed
    const signs = [
      ...new Set([...words.map(({ word }) => word), ...(isNamed ? [host] : []), ...(isShown ? shown : [])]),
    ]
    const weight = words.reduce((sum, one) => sum + one.weight, 0) + (isNamed ? 3 : 0) + (isShown ? 3 : 0)
    return { signs, weight }
  })
}

/** A page that offers its own domain: by its words, or as it is one of those who sell domains. */
function parkingSigns({ landing, head, body }: HostLook, domain: string, isOther: boolean): string[] {
  if (SELLERS.has(domain)) return isOther ? [domain] : []
  const isSmall = body.length <= LIMITS.signs.smallPage
  const top = `${landing.title}\n${head}`
  const whole = isSmall ? `${top}\n${body}` : top
  if (SELLERS.has(landing.title.trim().toLowerCase())) return [landing.title.trim()]
  const itself = offersItself(whole, domain)
  if (itself) return [itself]
  // Who registers domains speaks of selling them; what is for sale says `this domain`, or says it on top.
  const from = isOther || !REGISTRAR.test(whole) ? whole : top
  const words = badWords(from).filter(
    ({ kind, weight }) => kind === ('parking' satisfies WordKind) && weight === 3,
  )
  return words.map(({ word }) => word).slice(0, MOST_SIGNS)
}

/** The sentence in which a page says that its own domain is for sale or has run out; null: it says no such thing. */
function offersItself(text: string, domain: string): string | null {
  const lower = text.toLowerCase()
  for (let at = lower.indexOf(domain); at >= 0; at = lower.indexOf(domain, at + domain.length)) {
    const behind = OFFERED.exec(text.slice(at + domain.length, at + domain.length + 40))
    if (behind) return `${domain}${behind[0]}`.slice(0, 60)
  }
  return null
}

/** What is known of a host before a look. */
export interface HostBefore {
  readonly state: HostState
  readonly sinceMs: number
  /** What it was seen to be instead, how often in turn, and since when. */
  readonly pending: HostState | null
  readonly pendingTimes: number
  readonly pendingSinceMs: number | null
}

export interface HostAfter extends HostBefore {
  /** ms until it is looked at again. */
  readonly againMs: number
  readonly isChanged: boolean
}

/**
 * What a look makes of a host: nothing becomes bad, nor well again, by one look. What did not open says nothing of one that was bad; a
 * domain is dead when it was seen so for a day.
 */
export function afterLook(before: HostBefore, seen: HostVerdict['state'], nowMs: number): HostAfter {
  const { everyHours, againMinutes, deadHours, confirm, deadConfirm, deadOverHours } = LIMITS.looks
  const usual = everyHours * HOUR
  const keeps = seen === before.state || (seen === 'unopened' && isBad(before.state))
  if (keeps) return { ...before, ...NOTHING, againMs: usual, isChanged: false }
  const isFirst = before.state === 'waiting' && !isBad(seen)
  const times = before.pending === seen ? before.pendingTimes + 1 : 1
  const sinceMs = before.pending === seen ? (before.pendingSinceMs ?? nowMs) : nowMs
  const isSure =
    seen === 'dead' ? times >= deadConfirm && nowMs - sinceMs >= deadOverHours * HOUR : times >= confirm
  if (isFirst || isSure) return { ...NOTHING, state: seen, sinceMs: nowMs, againMs: usual, isChanged: true }
  const againMs = seen === 'dead' ? deadHours * HOUR : againMinutes * MINUTE
  return { ...before, pending: seen, pendingTimes: times, pendingSinceMs: sinceMs, againMs, isChanged: false }
}

const NOTHING = { pending: null, pendingTimes: 0, pendingSinceMs: null } as const

/** By what the trouble with a host is known again: another landing, kind or title is another. */
export const printOf = (state: HostState, { domain, title }: Pick<Landing, 'domain' | 'title'>): string =>
  `${state}|${domain ?? ''}|${bareTitle(title)}`.slice(0, 300)
