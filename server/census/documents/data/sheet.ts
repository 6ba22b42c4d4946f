import { localDay } from '../../../../shared/base/time.ts'
import type { SheetLine } from '../../../../shared/census/score-sheets/sheets.ts'
import type { EditionBody } from '../../../../shared/register/rule-editions/editions.ts'
import { Refusal } from '../../../base/refusal.ts'
import { rectificationsById } from '../../../desk/rectifications/queries.ts'
import { findEdition } from '../../../register/rule-editions/in-force.ts'
import { listFindings } from '../../findings/queries.ts'
import { siteSheet } from '../../score-sheets/service.ts'
import { col, type Made, type Making, Parts } from './made.ts'
import { openRectificationsOf } from './notice.ts'
import { picturesFor } from './pictures.ts'

const LINES = [
  col('rule', 'rules'),
  col('count', 'number'),
  col('points', 'number'),
  col('by', 'by'),
  col('replacedBy', 'rules'),
  col('proof'),
]
/** Findings of persons that are named. */
const MOST_FINDINGS = 200

/** The score sheet of a site: each rule with what was counted and what it costs. @throws Refusal not_found, invalid */
export const scoreSheetOf = (making: Making): Promise<Made> => siteReport(making, 'sheet')

/**
 * What the rules make of a site, section by section as the table has them; in full, too, what persons have found and what
 * is still to be mended. @throws Refusal not_found, invalid
 */
export async function siteReport(making: Making, how: 'sheet' | 'full'): Promise<Made> {
  const { ctx, db, user, asked } = making
  const siteId = asked.siteId ?? 0
  const today = localDay(ctx.clock.now())
  const sheet = await siteSheet({ ...ctx, db }, user, siteId, { on: asked.on, edition: undefined })
  const edition = await findEdition(db, sheet.edition, { revision: sheet.revision })
  const parts = new Parts().section('overview').figure('outcome', sheet.outcome, 'outcome')
  parts.count({ points: sheet.points, score: sheet.score }).figure('vetoes', sheet.vetoes, 'rules')
  parts.figure('unmeasuredRules', sheet.unmeasured.length)
  const bySource = sheet.lines.flatMap((line) => (line.bySource ? [line.rule] : []))
  if (bySource.length > 0) parts.figure('sourceAlone', bySource, 'rules')
  addAnswers(parts, sheet.lines)
  if (how === 'sheet') parts.table('lines', LINES, sheet.lines.map(rowOf))
  else {
    addSections(parts, edition, sheet.lines)
    if ((asked.on ?? today) !== today) throw new Refusal('invalid', 'documents.onlyToday')
    await addOpen(parts, making)
  }
  const isUnmeasured = sheet.unmeasured.length === sheet.lines.length
  const from = localDay(
    Date.parse(`${sheet.on}T12:00:00Z`) - (edition.measures.home.windowDays - 1) * 86_400_000,
  )
  return {
    ...{ window: { from, to: sheet.on }, edition, denominator: 1, excluded: [] },
    ...{ unmeasured: Number(isUnmeasured), parts },
  }
}

const rowOf = ({ rule, count, points, by, replacedBy, proof }: SheetLine) => [
  ...[[rule], count, points, by],
  ...[replacedBy === null ? [] : [replacedBy], proof.join('; ')],
]

function addSections(parts: Parts, { sections, rules }: EditionBody, lines: readonly SheetLine[]): void {
  for (const { id } of sections) {
    const own = new Set(rules.filter(({ section }) => section === id).map((rule) => rule.id))
    parts
      .section(`rules.${id}`)
      .table(`lines.${id}`, LINES, lines.filter(({ rule }) => own.has(rule)).map(rowOf))
  }
}

/** Letters without an answer: the hotline's and those that the monitor has seen on the site, told apart. */
function addAnswers(parts: Parts, lines: readonly SheetLine[]): void {
  const apart = lines.find((line) => line.apart !== undefined)?.apart
  if (!apart) return
  const { outcome, why, count } = apart.site
  parts.count({ lettersHotline: apart.hotline, lettersOnSite: outcome === 'unmeasured' ? null : count })
  parts.figure('lettersSeen', why ?? outcome, 'answers')
}

async function addOpen(parts: Parts, { db, user, asked }: Making): Promise<void> {
  const siteId = asked.siteId ?? 0
  const { items } = await listFindings(
    db,
    user,
    { site: siteId, state: 'confirmed' },
    { limit: MOST_FINDINGS },
  )
  parts.section('findings').table(
    'findings',
    [col('number'), col('rule', 'rules'), col('target'), col('note'), col('found', 'time')],
    items.map(({ number, rule, target, note, recorded }) => [
      number,
      [rule],
      target ?? '',
      note,
      recorded.at,
    ]),
  )
  const ofFindings = items.map(({ id, number }) => ({ id, of: number }))
  parts.pictures(await picturesFor(db, 'finding', ofFindings))
  const open = await openRectificationsOf(db, siteId)
  const found = await rectificationsById(db, open)
  parts.section('rectifications').table(
    'rectifications',
    [
      col('number', 'number'),
      col('problem'),
      col('raised', 'time'),
      col('due', 'day'),
      col('stage', 'stage'),
    ],
    [...found.values()].map((one) => [
      one.id,
      one.problem ?? one.rules.join(', '),
      one.raisedAt,
      one.dueOn,
      one.stage,
    ]),
  )
  const ofOpen = open.map((id) => ({ id, of: `#${id}` }))
  parts.pictures(await picturesFor(db, 'before', ofOpen))
}
