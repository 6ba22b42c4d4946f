import {
  classifyColumn,
  columnStateOf,
  judgeColumns,
  v3Of,
} from '../../../../shared/monitor/columns/columns-rules.ts'
import type { LinkKind } from '../../../../shared/monitor/links/links.ts'
import { judgeMessages, type MessagesVerdict } from '../../../../shared/monitor/messages/messages-rules.ts'
import { judgeV2 } from '../../../../shared/monitor/verdicts/verdicts.ts'
import { causeGroup } from '../../../../shared/monitor/visit/probes.ts'
import type { Verdict } from '../../../../shared/register/sites/states.ts'
import { judgeLink, sightOf } from '../../links/rules.ts'
import { readMessages } from '../../schedule/messages.ts'
import { rulesInForce } from '../../verdicts/in-force.ts'
import { readColumn } from '../../visit/reading/column.ts'
import type { LookedOutcome } from '../tables.ts'
import type { Said, SlotParts, SlotSeen } from './parts.ts'

/** Columns of a page, and message columns, that are looked into. */
const [MOST_COLUMNS, MOST_BOXES] = [12, 3]
/** Links of a page that are asked for. */
const MOST_ASKED = 20

/** What the rules of the census that a machine measures say of a page of the test site. */
export async function censusSays(seen: SlotSeen, parts: SlotParts): Promise<Said> {
  return [
    ['V1', lineSays(seen)],
    ['V2', freshness(seen)],
    ['V3', await columns(seen)],
    ['V5', await letters(seen)],
    ['LINKS', await links(seen, parts)],
  ]
}

/** Nothing that a firewall or the monitor itself did is held against a page. */
function lineSays({ visit: { result } }: SlotSeen): LookedOutcome {
  const { outcome, cause } = result
  if (outcome === 'ok') return 'clear'
  const isOwn = cause !== null && causeGroup(cause) === 'monitor'
  return outcome === 'blocked' || isOwn ? 'unmeasured' : 'found'
}

function told(verdict: Verdict): LookedOutcome {
  if (verdict === 'insufficient') return 'unmeasured'
  return verdict === 'violated' ? 'found' : 'clear'
}

const freshness = ({ home, site }: SlotSeen): LookedOutcome =>
  home ? told(judgeV2(home.read?.finding ?? null, site.today, rulesInForce())) : 'unmeasured'

/** The columns of the page, each with its own page: what lists nothing was as empty at every look. */
async function columns({ home, site, by }: SlotSeen): Promise<LookedOutcome> {
  if (!home?.read?.seen) return 'unmeasured'
  const rules = rulesInForce()
  const counted = []
  for (const { name, url, items, dates } of home.read.seen.columns.slice(0, MOST_COLUMNS)) {
    const list = url === null ? null : await readColumn(by, url)
    const newest = [dates[0], list?.dates[0]].flatMap((day) => day ?? []).sort()
    const reading = {
      ...{ class: classifyColumn(name), newest: newest.at(-1) ?? null },
      ...{ items: Math.max(items, list?.items ?? 0), isWholeRead: list !== null || url === null },
      blankRuns: list?.items === 0 ? rules.blankRuns : 0,
    }
    counted.push({ class: reading.class, state: columnStateOf(reading, site.today, rules) })
  }
  return told(v3Of(judgeColumns(counted, null, rules)))
}

/** What stands in the message columns that the page leads to. */
export function lettersOf(seen: SlotSeen): Promise<MessagesVerdict> {
  const said = known.get(seen) ?? readLetters(seen)
  known.set(seen, said)
  return said
}
/** Two rules ask for them. */
const known = new WeakMap<SlotSeen, Promise<MessagesVerdict>>()

async function readLetters({ home, by, site }: SlotSeen): Promise<MessagesVerdict> {
  const boxes = home?.read?.messages.slice(0, MOST_BOXES) ?? []
  const readings = []
  for (const { url } of boxes) readings.push({ reading: await readMessages(by, url) })
  return judgeMessages(readings, site.today)
}

const letters = async (seen: SlotSeen): Promise<LookedOutcome> =>
  seen.home ? (await lettersOf(seen)).outcome : 'unmeasured'

async function links({ home }: SlotSeen, { prober, signal }: SlotParts): Promise<LookedOutcome> {
  if (!home) return 'unmeasured'
  let said: LookedOutcome = 'clear'
  for (const { url, kind: named } of home.links.slice(0, MOST_ASKED)) {
    const kind = named as LinkKind
    const see = async () => sightOf((await prober.visit({ url, headOnly: true, signal })).result)
    const first = judgeLink({ kind, visits: 0, gone: 0 }, await see())
    if (first.state === 'fine') continue
    const { state } = judgeLink({ kind, visits: 1, gone: first.gone }, await see())
    if (state === 'confirmed' || state === 'suspected') return 'found'
    if (state === 'unmeasured') said = 'unmeasured'
  }
  return said
}
