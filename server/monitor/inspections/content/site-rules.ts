import { addDays } from '../../../../shared/base/time.ts'
import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { inSlices, type Steps } from '../../../base/slices.ts'
import { domainOf, hostOf } from '../../outbound/domain.ts'
import { isInPart, parsedOnce } from '../page/once.ts'
import type { Parsed } from '../page/parsed.ts'
import { printOfHome, printOfSigns } from '../page/signs.ts'
import {
  type Outcome,
  READ_IN_PART,
  type Retrieved,
  type SiteFacts,
  type SiteRule,
  type Tools,
} from '../rule.ts'
import { foreignIn } from './foreign-words.ts'
import { HELD, type HiddenBlock, LATER, OPENED_LATER, problemOf } from './hidden-blocks.ts'
import { hiddenBlocks, lookForHidden } from './hidden-links.ts'
import { type HomeLimits, judgeHome } from './home/judge.ts'
import { likeness, printOf } from './home/print.ts'
import { signsDespite } from './home/signs.ts'
import { MOST_HOSTS, type SiteMemory } from './memory/store.ts'
import { pathOf, shown } from './shown.ts'

/* What a home page is held against: what it was before, and what search engines are shown of it. */

const unmeasured = (reason: string): Outcome => ({ outcome: 'unmeasured', reason })
const CLEAR: Outcome = { outcome: 'clear' }
/** Only the beginning of the page is known, and nothing was found there. */
const TOO_LONG = unmeasured(READ_IN_PART)

/** Hidden links that came lately and lead to strangers, whatever they say. */
export const hiddenLinksNew: SiteRule = {
  id: 'hidden-links-new',
  async measure(site, { home, limits, kept }) {
    if (!home) return unmeasured('notOpened')
    const parsed = await parsedOnce(home)
    const memory = await kept.memory()
    const blocks = await inSlices(hiddenBlocks(parsed, home, site))
    const fresh = isKnown(memory, site.today, limits)
      ? blocks.filter((block) => isNew(block, memory, limits))
      : []
    await kept.remember(memory, { hosts: hostsOf(parsed, fresh, memory, site.today) })
    if (!isKnown(memory, site.today, limits)) return unmeasured('firstLook')
    if (fresh.length === 0) return isInPart(home, parsed) ? TOO_LONG : CLEAR
    return { outcome: 'found', problems: fresh.map((block) => problemOf(home, block, block.links)) }
  },
}

/** It was looked at on enough days for something to be new. */
function isKnown(memory: SiteMemory | null, today: string, limits: Limits): memory is SiteMemory {
  return memory !== null && memory.days >= Number(limits.days) && memory.firstDay < today
}

/** All of it came after the site was known, and it is put where no menu and no window that opens would be. */
function isNew({ links, isMixed, by, names }: HiddenBlock, memory: SiteMemory, limits: Limits): boolean {
  const harmless = listOf(limits.harmless)
  if (
    isMixed ||
    by === LATER ||
    by === HELD ||
    links.some(({ host }) => harmless.some((one) => host === one || host.endsWith(`.${one}`)))
  )
    return false
  if (!links.every(({ host }) => (dayOf(memory, domainOf(host)) ?? '!').startsWith('!'))) return false
  const isOpened = OPENED_LATER.has(by)
  return !(isOpened && (links.length < 2 || listOf(limits.opened).some((name) => names.includes(name))))
}

const listOf = (limit: Limits[string] | undefined): readonly string[] => (Array.isArray(limit) ? limit : [])

/** Hosts may be called anything, `constructor` too. */
const dayOf = (memory: SiteMemory | null, domain: string): string | undefined =>
  memory && Object.hasOwn(memory.hosts, domain) ? memory.hosts[domain] : undefined

/** Hosts with the day on which they came; those that came hidden stay marked while they are there. */
function hostsOf(
  parsed: Parsed,
  fresh: readonly HiddenBlock[],
  memory: SiteMemory | null,
  today: string,
): Record<string, string> {
  const marked = new Set(fresh.flatMap(({ links }) => links.map(({ host }) => domainOf(host))))
  const hosts: Record<string, string> = {}
  for (const { href } of parsed.links) {
    const host = href && hostOf(href)
    if (!host) continue
    const domain = domainOf(host)
    const before = dayOf(memory, domain)
    hosts[domain] = marked.has(domain) ? (before ?? `!${today}`) : (before?.replace('!', '') ?? today)
  }
  const known = Object.entries(memory?.hosts ?? {}).filter(
    ([domain, day]) => !Object.hasOwn(hosts, domain) && !day.startsWith('!'),
  )
  return Object.fromEntries([...Object.entries(hosts), ...known].slice(0, MOST_HOSTS))
}

/** A home page that is somebody else's. */
export const homeReplaced: SiteRule = {
  id: 'home-replaced',
  isOfKept: true,
  async measure(site, { home, limits, kept }) {
    if (!home) return unmeasured('notOpened')
    const parsed = await parsedOnce(home)
    const memory = await kept.memory()
    const history = memory?.homes ?? []
    const signLimits = limits as unknown as HomeLimits
    const judged = judgeHome(parsed, site, history, signLimits)
    const print = printOf(parsed)
    if (judged.verdict === 'replaced') {
      const detail = { signs: judged.signs.join(' '), likeness: judged.likeness }
      const problem = {
        key: 'home',
        url: home.finalUrl,
        excerpt: shown(`${parsed.title} ${parsed.text}`),
        outline: null,
        detail,
        print: printOfHome(judged.signs, print),
      }
      return { outcome: 'found', problems: [problem] }
    }
    // One that was another's when it was first looked at is not what the site is held against ever after.
    const isKept =
      (judged.verdict !== 'unknown' || judged.reason === 'noHistory') &&
      signsDespite(parsed, site, signLimits).length === 0
    if (isKept && history.every((one) => (likeness(one.words, print.words) ?? 1) < ALIKE)) {
      await kept.remember(memory, { homes: [print, ...history] })
    }
    return judged.verdict === 'unknown' ? unmeasured(judged.reason) : CLEAR
  },
}

/** One that is so like another adds nothing to what is remembered. */
const ALIKE = 0.7

const SHOWN_TO_ROBOTS = 'shown-to-robots'

/** A site that shows search engines betting, pornography or shams, and people something else. */
export const shownToRobots: SiteRule = {
  id: SHOWN_TO_ROBOTS,
  /** Once in some days; and whenever it was not clear last, or the page looks as if it asked who comes. */
  async isDue(site, { home, limits, kept }) {
    const memory = await kept.memory()
    if (!home || !memory?.robotsDay || (await kept.said(SHOWN_TO_ROBOTS)) !== 'clear') return true
    if (addDays(memory.robotsDay, Number(limits.everyDays)) <= site.today) return true
    return inSlices(isSuspect(await parsedOnce(home), home, site))
  },
  async measure(site: SiteFacts, tools: Tools) {
    const { home, limits, kept } = tools
    if (!home) return unmeasured('notOpened')
    const memory = await kept.memory()
    if (!memory || memory.firstDay >= site.today) return unmeasured('firstLook')
    const people: Shown = { page: home, parsed: await parsedOnce(home) }
    const robots = await shownTo(tools, home, String(limits.robot))
    if (!robots) return unmeasured('robotRefused')
    const beside = await inSlices(shownBesides(people, robots, site))
    // What came to the page between two looks is no sign that it asks who comes: people are shown it by now as well.
    const again = beside === null ? null : await shownTo(tools, home)
    if (beside !== null && again === null) return unmeasured('notOpened')
    const more = again && (await inSlices(shownBesides(again, robots, site)))
    if (more === null) {
      if (isInPart(robots.page, robots.parsed)) return TOO_LONG
      await kept.remember(memory, { robotsDay: site.today })
      return CLEAR
    }
    const detail = {
      words: more.slice(0, 8).join(' '),
      titleForRobots: shown(robots.parsed.title, 200),
      title: shown(people.parsed.title, 200),
    }
    const excerpt = shown(`${robots.parsed.title} ${robots.parsed.metas.get('description') ?? ''}`)
    const problem = {
      ...{ key: pathOf(home.finalUrl, site.today), url: home.finalUrl, excerpt, outline: null, detail },
      print: printOfSigns(more),
    }
    return { outcome: 'found', problems: [problem] }
  },
}

interface Shown {
  readonly page: Retrieved
  readonly parsed: Parsed
}

/** The home page as somebody is shown it now, without a name as people are; null where it does not open. */
async function shownTo(tools: Tools, home: Retrieved, userAgent?: string): Promise<Shown | null> {
  const asker = userAgent === undefined ? {} : { userAgent }
  const { result, body, headers } = await tools.visit({ url: home.finalUrl, ...asker })
  if (result.outcome !== 'ok' || body === null || (result.status ?? 200) >= 400) return null
  const page: Retrieved = {
    ...{ ...home, finalUrl: result.finalUrl ?? home.finalUrl, headers, bytes: body },
    isCut: result.notes.includes('capped'),
  }
  return { page, parsed: await parsedOnce(page) }
}

/**
 * What search robots are shown of a home page beside what people are: bad words, or hidden links.
 * @returns the words, none where it is links alone; null: nothing
 */
export function* shownBesides(people: Shown, robots: Shown, site: SiteFacts): Steps<string[] | null> {
  const known = new Set(wordsOf(people.parsed))
  const words = wordsOf(robots.parsed).filter((word) => !known.has(word))
  if (words.length > 0) return words
  return (yield* hides(robots, site)) && !(yield* hides(people, site)) ? words : null
}

function* hides({ page, parsed }: Shown, site: SiteFacts): Steps<boolean> {
  return (yield* lookForHidden(page, parsed, site)).outcome === 'found'
}

/** Asks who comes, or has what intruders leave. */
function* isSuspect(parsed: Parsed, page: Retrieved, site: SiteFacts): Steps<boolean> {
  for (const { text } of parsed.scripts) {
    if (ASKS.test(text.slice(0, MOST_SCRIPT))) return true
    yield
  }
  return wordsOf(parsed).length > 0 || (yield* hides({ page, parsed }, site))
}

/** A script that looks for search engines among its visitors, or for who comes from one. */
const ASKS = /spider|(?:referrer|userAgent)[\s\S]{0,80}(?:baidu|sogou|google|bing|so\.com|360)/i
const MOST_SCRIPT = 100_000

/** What is said to search engines, and what is said at the beginning of the page. */
const wordsOf = ({ title, metas, text }: Parsed): string[] =>
  [title, metas.get('description') ?? '', metas.get('keywords') ?? '', text.slice(0, 1_000)].flatMap((said) =>
    foreignIn(said),
  )
