import { sql } from 'kysely'
import { localDay } from '../../../../shared/base/time.ts'
import { may, type Principal } from '../../../../shared/people/rights/rights.ts'
import { workdaysBetween } from '../../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { languageFor } from '../../../base/words/offered.ts'
import { say } from '../../../base/words/say.ts'
import { notify } from '../../../desk/notices/notify.ts'
import { peopleOf } from '../../../desk/notifications/news/unit-call.ts'
import { appendAllRaised, insertRectification } from '../../../desk/rectifications/raise/insert.ts'
import { reckoningIn } from '../../../desk/rectifications/terms/due.ts'
import { todayOf } from '../../rounds/today.ts'
import { nameOfRule } from '../paper/codes.ts'
import { type DocumentRow, dataOf } from '../queries.ts'
import { requireDocument } from '../service.ts'
import { numberOf } from './number.ts'

/** What rectifications of a circular are about, where the monitor has no rule of its own for it. */
const RULE = 'OTHER'
const MOST_PROBLEM = 1000

interface Failing {
  readonly siteId: number
  readonly unitId: number
  readonly problem: string
}

/**
 * Raises what a circular demands: a rectification for each site that failed, until its deadline. A site that has one of an
 * earlier circular still open keeps it; it is joined to this one.
 */
export async function demand(
  ctx: Context,
  tx: Tx,
  user: Principal,
  { id, kind, due_on }: DocumentRow,
): Promise<void> {
  if (kind !== 'circular') return
  const failing = await failingOf(tx, id)
  if (failing.length === 0) return
  const { calendar, today } = await todayOf(ctx, tx)
  if (due_on === null || due_on < today) throw new Refusal('conflict', 'documents.duePast')
  if (!may(user, 'rectification.raise')) throw new Refusal('forbidden', 'requests.roleMayNot')
  const now = ctx.clock.now()
  const by = await reckoningIn(tx, now)
  const workdays = Math.min(250, Math.max(1, workdaysBetween(calendar, localDay(now), due_on)))
  const reference = numberOf(await requireDocument(tx, user, id)) ?? ''
  const open = await openOfCirculars(tx, failing)
  const raised: number[] = []
  for (const { siteId, unitId, problem } of failing) {
    if (open.has(siteId)) continue
    const wanted = {
      siteId,
      unitId,
      source: 'circular' as const,
      rule: RULE,
      problem,
      reference,
      term: { workdays },
    }
    raised.push(await insertRectification(tx, user, wanted, by))
  }
  const joined = [...raised, ...open.values()].map((one) => ({ document_id: id, rectification_id: one }))
  if (joined.length > 0) await tx.insertInto('document_rectification').values(joined).execute()
  if (raised.length > 0) await appendAllRaised(tx, user, raised, { source: 'circular', reference }, now)
}

/** The failing sites that it names, with why. */
async function failingOf(tx: Tx, id: number): Promise<Failing[]> {
  const data = await dataOf(tx, id)
  const table = data?.tables.failures
  if (!data || !table) return []
  const at = (key: string) => table.columns.findIndex((column) => column.key === key)
  const [code, reasons, note] = [at('code'), at('reasons'), at('note')]
  const language = languageFor()
  const problems = new Map(
    table.rows.map((row) => {
      const rules = [row[reasons] ?? []].flat().map((rule) => nameOfRule(data, String(rule), language))
      const what = rules.join(say({ word: 'notices.list.join' }, language))
      const said = [what, String(row[note] ?? '')].filter(Boolean).join('. ')
      return [
        String(row[code]),
        said.slice(0, MOST_PROBLEM) || say({ word: 'papers.outcome.failed' }, language),
      ]
    }),
  )
  // Locked, so that of two who raise the same for one site one comes second.
  const { rows } = await sql<{ id: number; code: string; unit_id: number }>`
    select id, code, unit_id from site where code = any(${[...problems.keys()]}::text[]) order by id for no key update
  `.execute(tx)
  return rows.map((site) => ({
    siteId: site.id,
    unitId: site.unit_id,
    problem: problems.get(site.code) ?? '',
  }))
}

/** Rectifications of these sites that a circular has demanded and nobody has closed, by site. */
async function openOfCirculars(tx: Tx, failing: readonly Failing[]): Promise<Map<number, number>> {
  const rows = await tx
    .selectFrom('rectification')
    .select(['site_id', 'id'])
    .where(sql<boolean>`site_id = any(${failing.map(({ siteId }) => siteId)}::int[])`)
    .where('source', '=', 'circular')
    .where('stage', '<>', 'closed')
    .orderBy('id')
    .execute()
  return new Map(rows.map(({ site_id, id }) => [site_id, id]))
}

/** Tells the units that a document names: each gets a line of its receipts, and its people a notice. */
export async function tellUnits(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  user: Principal,
  id: number,
): Promise<void> {
  const row = await requireDocument(tx, user, id)
  const failing = row.kind === 'circular' ? (await failingOf(tx, id)).map(({ siteId }) => siteId) : []
  const siteIds = row.site_id === null ? failing : [row.site_id]
  if (siteIds.length === 0) return
  await sql`
    insert into document_receipt (document_id, unit_id, unit_name, district)
    select distinct ${id}::int, unit.id, unit.name, unit.district from site join unit on unit.id = site.unit_id
    where site.id = any(${siteIds}::int[]) on conflict do nothing
  `.execute(tx)
  const told = await tx
    .selectFrom('document_receipt')
    .select('unit_id')
    .where('document_id', '=', id)
    .execute()
  const people = await peopleOf(
    tx,
    told.map(({ unit_id }) => unit_id),
  )
  const recipients = [...people.values()].flat()
  if (recipients.length === 0) return
  const title = `${numberOf(row) ?? ''} ${row.title}`
  const things = [
    { text: { word: 'papers.told.thing', values: { title } } as const, path: `/documents/${id}` },
  ]
  await notify(tx, { recipients, about: { things }, reason: { word: 'papers.told.issued' } }, ctx.clock.now())
}
