import { sql } from 'kysely'
import { DAY, localDay } from '../../../../shared/base/time.ts'
import {
  INSPECTION_RULES,
  inspectionRule,
  MACHINE,
} from '../../../../shared/monitor/inspections/catalogue.ts'
import type { Tx } from '../../../base/db/database.ts'
import { shownAddress } from '../../persons/address.ts'
import { hashOf } from '../page/address.ts'
import { type Outcome, READ_IN_PART } from '../rule.ts'
import { noteLooks } from './looks.ts'
import { forgetPages, pagesOfLook } from './pages.ts'
import { dropExposed, pictureHome, pictureProblems } from './picture.ts'
import { endProblems, keepProblems, problemsThere } from './problems.ts'
import { isLookedThrough, type LookedPage, outcomeWithout, type Sum, sumOf, sumOfSite } from './sums.ts'

/** A look that has come to its end. */
export interface Look {
  readonly scanId: number
  readonly siteId: number
  /** It has seen all that there is: what it did not find is gone. */
  readonly isWhole: boolean
}

/** How long a page that no look reaches any more is remembered, where looks are never whole. */
const REMEMBERED_MS = 60 * DAY

/** What rules of files look at. */
const FILE_SUBJECTS = new Set<string>(['file', 'both'])

/**
 * Draws together what a look has seen: what each rule says of the site, which problems are gone. All of it once, in the
 * transaction that ends the look.
 * @param measured what the rules of sites said.
 */
export async function concludeLook(
  tx: Tx,
  look: Look,
  measured: ReadonlyMap<string, Outcome>,
  now: Date,
): Promise<void> {
  const { siteId, scanId, isWhole } = look
  const pages = await pagesOfLook(tx, siteId, scanId)
  const sums = INSPECTION_RULES.flatMap((rule) => {
    if (rule.of !== 'site') return [sumOf(rule, pages)]
    const outcome = measured.get(rule.id)
    return outcome ? [sumOfSite(rule, outcome)] : []
  })
  await keepProblems(tx, siteId, problemsOfSite(measured), now)
  await endProblems(tx, await goneOf(tx, look, pages, sums, measured, localDay(now.getTime())), now)
  await keepSums(tx, siteId, sums, now)
  await dropExposed(tx, siteId, now)
  await pictureProblems(tx, siteId, now)
  await pictureHome(tx, siteId, now)
  await forgetPages(tx, siteId, scanId, isWhole ? now : new Date(now.getTime() - REMEMBERED_MS))
}

/** The same of rules of sites alone, as they judge again what is kept: what each did not find any more is gone. */
export async function concludeRules(
  tx: Tx,
  siteId: number,
  measured: ReadonlyMap<string, Outcome>,
  now: Date,
): Promise<void> {
  if (measured.size === 0) return
  const sums = INSPECTION_RULES.flatMap((rule) => {
    const outcome = measured.get(rule.id)
    return outcome ? [sumOfSite(rule, outcome)] : []
  })
  const found = problemsOfSite(measured)
  await keepProblems(tx, siteId, found, now)
  const seen = new Set(found.map(({ rule, key }) => `${rule} ${key}`))
  const there = await problemsThere(tx, siteId)
  const gone = there.filter(
    ({ rule, key, page }) => isGoneBy(measured.get(rule), page) && !seen.has(`${rule} ${key}`),
  )
  await endProblems(
    tx,
    gone.map(({ id }) => id),
    now,
  )
  await keepSums(tx, siteId, sums, now, true)
}

function problemsOfSite(measured: ReadonlyMap<string, Outcome>) {
  return [...measured].flatMap(([rule, outcome]) => {
    const version = inspectionRule(rule)?.version ?? 1
    return outcome.outcome === 'found' ? outcome.problems.map((one) => ({ ...one, rule, version })) : []
  })
}

/** Whether a problem that a rule of sites did not find any more is gone: it has looked at each page that had it. */
function isGoneBy(said: Outcome | undefined, on: string | null): boolean {
  if (said === undefined) return false
  const looked = said.outcome === 'clear' ? undefined : said.looked
  if (said.outcome === 'unmeasured' && (said.isOver || said.reason === READ_IN_PART)) return true
  if (looked === undefined) return said.outcome !== 'unmeasured'
  return on?.split(' ').every((page) => looked.includes(page)) ?? false
}

/** Problems that were there and are not any more: not those of which this look could not see whether they are. */
async function goneOf(
  tx: Tx,
  { siteId, isWhole }: Look,
  pages: readonly LookedPage[],
  sums: readonly Sum[],
  measured: ReadonlyMap<string, Outcome>,
  today: string,
): Promise<number[]> {
  const there = await problemsThere(tx, siteId)
  if (there.length === 0) return []
  const seen = new Set(pages.flatMap(({ found }) => found.map(([rule, key]) => `${rule} ${key}`)))
  for (const { rule, key } of problemsOfSite(measured)) seen.add(`${rule} ${key}`)
  // Problems have addresses as they are shown; one that was asked for may lead to another page by now.
  const byUrl = new Map(pages.map((page) => [shownAddress(page.url, today), page]))
  const byHash = new Map(pages.map((page) => [page.url_hash, page]))
  const outcomes = new Map(sums.map(({ rule, outcome }) => [rule, outcome]))
  // Of files a look fetches its share: those beyond it may be there still.
  const areFilesCut = pages.filter(({ kind }) => kind === 'file').length >= MACHINE.crawl.files
  const isAllSeen = (rule: string) =>
    isWhole && !(areFilesCut && FILE_SUBJECTS.has(inspectionRule(rule)?.of ?? ''))
  return there.flatMap(({ id, rule, key, url, page: on }) => {
    const outcome = outcomes.get(rule)
    if (seen.has(`${rule} ${key}`) || outcome === undefined) return []
    if (measured.has(rule)) return isGoneBy(measured.get(rule), on) ? [id] : []
    const page = byUrl.get(url) ?? byHash.get(hashOf(url))
    if (page) return isLookedThrough(page, rule) ? [id] : []
    return outcome !== 'unmeasured' && isAllSeen(rule) ? [id] : []
  })
}

/**
 * The outcome of each rule; found no more where all that it found was refused by people. `isAgain`: of what was seen before. A rule of
 * sites that did not ask is not among them: what it said last stands, of its own time.
 */
async function keepSums(
  tx: Tx,
  siteId: number,
  sums: readonly Sum[],
  now: Date,
  isAgain = false,
): Promise<void> {
  await sql`
    with given as (
      select one.*, case when one.outcome = 'found' and not exists (
          select 1 from inspection_problem p
          where p.site_id = ${siteId} and p.rule = one.rule and p.gone_at is null and p.state <> 'refused')
        then ${outcomeWithout('one')} else one.outcome end as said
      from jsonb_to_recordset(${JSON.stringify(sums)}::jsonb)
        as one(rule text, outcome text, reason text, version int, pages int, unmeasured int)
    )
    insert into inspection as i (site_id, rule, outcome, reason, at, since, version, pages, unmeasured)
    select ${siteId}::int, rule, said, reason, ${now}::timestamptz, ${now}::timestamptz, version, pages, unmeasured from given
    on conflict (site_id, rule) do update set outcome = excluded.outcome, reason = excluded.reason,
      at = case when ${isAgain} then i.at else excluded.at end,
      since = case when i.outcome = excluded.outcome then i.since else excluded.since end, version = excluded.version,
      pages = excluded.pages, unmeasured = excluded.unmeasured
  `.execute(tx)
  await noteLooks(tx, [siteId])
}
