import { sql } from 'kysely'
import { addDays, localDay, startOfDay } from '../../../shared/base/time.ts'
import type { SheetResult } from '../../../shared/census/score-sheets/sheets.ts'
import { scoreSheet } from '../../../shared/census/score-sheets/sheets-rules.ts'
import { doOneByOne } from '../../base/aside/one-by-one.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { each, inSlices } from '../../base/slices.ts'
import { editionOn } from '../../register/rule-editions/in-force.ts'
import { hurrySums } from '../summary/ahead.ts'
import { measureSites } from './measure.ts'

const QUEUE = queue('sheets.keep')
/** Soon after the day that is kept has ended; what came due while everything was off is caught up with at a start. */
const EVERY_NIGHT = '10 0 * * *'
const AFTER_START_S = 90
const SITES_AT_ONCE = 200
/** A job that takes longer than its queue lets it is begun once more beside itself. */
const MOST_MS = 100_000

/** Keeps the sheets of each day that has ended, in the background, once for all processes. */
export async function startSheetWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work<{ day?: string }>(QUEUE, 1, async (asked) => {
    const day = asked.day ?? addDays(localDay(ctx.clock.now()), -1)
    if (await keepSheets(ctx, day)) await hurrySums(jobs)
    else await jobs.send(QUEUE, { day })
  })
  await jobs.every(EVERY_NIGHT, QUEUE)
  await jobs.send(QUEUE, {}, { afterS: AFTER_START_S })
}

/**
 * Keeps the sheet of every site for a day that has just ended, by the edition in force. Visits are those of the week to
 * its end; findings of persons are those that stood at its end; columns and links are as they are known now. What is kept of the day already stays as it is, so that it can be
 * begun again at any point, by several at once too.
 * @param mostMs after so long it stops. @returns whether nothing is left
 */
export async function keepSheets(ctx: Context, day: string, mostMs = MOST_MS): Promise<boolean> {
  const begun = performance.now()
  for (let after = 0; ; ) {
    const ids = await sitesToKeep(ctx.db, day, after)
    if (ids.length === 0) return true
    if (performance.now() - begun > mostMs) return false
    const sites = ids.map((id) => ({ id, siteId: id }))
    // One site whose sheet cannot be made or kept is no reason that those after it have none.
    await doOneByOne(ctx, 'sheets', sites, (some) => keepSome(ctx.db, some, day))
    after = ids.at(-1) ?? Number.POSITIVE_INFINITY
  }
}

async function keepSome(db: Db, siteIds: readonly number[], day: string): Promise<number> {
  const at = { atMs: startOfDay(addDays(day, 1)) - 1, today: day }
  const edition = await editionOn(db, day)
  const measured = await measureSites(db, siteIds, edition, at)
  const sheets = await inSlices(
    each(measured, ([siteId, of]) => ({ siteId, sheet: toKeep(scoreSheet(edition, of)) })),
  )
  await db.transaction().execute((tx) => storeSheets(tx, sheets, day))
  return sheets.length
}

/** A share of visits to a tenth of a per cent, in which nobody sees a change that is none. */
const toKeep = (sheet: SheetResult): SheetResult => ({
  ...sheet,
  lines: sheet.lines.map((line) => ({
    ...line,
    count: line.count === null ? null : Math.round(line.count * 10) / 10,
  })),
})

async function sitesToKeep(db: Db, day: string, after: number): Promise<number[]> {
  const rows = await db
    .selectFrom('site')
    .select('id')
    .where('id', '>', after)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('sheet')
            .select('site_id')
            .whereRef('sheet.site_id', '=', 'site.id')
            .where('to_day', '>=', day),
        ),
      ),
    )
    .orderBy('id')
    .limit(SITES_AT_ONCE)
    .execute()
  return rows.map(({ id }) => id)
}

/**
 * A day in which nothing has changed lengthens the row of the day before. Who comes second, with the same day of the same
 * site, finds it kept: the turn is taken in a statement of its own, so that the next one sees what the first has stored.
 */
async function storeSheets(
  tx: Tx,
  sheets: readonly { readonly siteId: number; readonly sheet: SheetResult }[],
  day: string,
): Promise<void> {
  const rows = sheets.map(({ siteId, sheet }) => ({
    site_id: siteId,
    edition: sheet.edition,
    revision: sheet.revision,
    outcome: sheet.outcome,
    points: sheet.points,
    score: sheet.score,
    vetoes: sheet.vetoes,
    unmeasured: sheet.unmeasured,
    lines: sheet.lines,
  }))
  const given = JSON.stringify(rows)
  await sql`select pg_advisory_xact_lock(hashtext('score sheets'))`.execute(tx)
  await sql`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as one(site_id int, edition text, revision int, outcome text,
        points float8, score float8, vetoes jsonb, unmeasured jsonb, lines jsonb)
      where not exists (select from sheet where sheet.site_id = one.site_id and sheet.to_day >= ${day})
    ), longer as (
      update sheet set to_day = ${day} from given
      where sheet.site_id = given.site_id and sheet.edition = given.edition and sheet.revision = given.revision
        and sheet.to_day = ${addDays(day, -1)} and sheet.lines = given.lines
      returning sheet.site_id
    )
    insert into sheet (site_id, edition, revision, from_day, to_day, outcome, points, score, vetoes, unmeasured, lines)
    select site_id, edition, revision, ${day}, ${day}, outcome, points, score,
      array(select jsonb_array_elements_text(vetoes)), array(select jsonb_array_elements_text(unmeasured)), lines
    from given where site_id not in (select site_id from longer)
    on conflict (site_id, edition, from_day) do nothing
  `.execute(tx)
}
