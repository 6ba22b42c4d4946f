import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type { EditionEffect, EffectRun, SheetResult } from '../../../shared/census/score-sheets/sheets.ts'
import { SHEET_OUTCOMES, scoreSheet } from '../../../shared/census/score-sheets/sheets-rules.ts'
import type { EditionBody } from '../../../shared/register/rule-editions/editions.ts'
import type { Context } from '../../base/context.ts'
import { type Jobs, queue } from '../../base/jobs.ts'
import { Refusal } from '../../base/refusal.ts'
import { editionInForce, findEdition } from '../../register/rule-editions/in-force.ts'
import { type Day, measureSites } from './measure.ts'
import './refusals.ts'

const QUEUE = queue('sheets.effect')
/** Sites at a time: between two of them everybody else has their turn, and what is reckoned by then is kept. */
const PAGE = 200
/** Sites that are named. */
const MOST_NAMED = 500
/** A job that takes longer than its queue lets it is begun once more beside itself. */
const MOST_MS = 100_000

type Part = Pick<Context, 'db' | 'clock'>

/** Reckons what was asked for, in processes that measure. */
export async function startEffectWorker(ctx: Context, jobs: Jobs): Promise<void> {
  await jobs.work<{ code: string }>(QUEUE, 1, async ({ code }) => {
    if (!(await runEffect(ctx, code))) await jobs.send(QUEUE, { code })
  })
}

/**
 * Has reckoned in the background what would change today if an edition, a draft too, were in force. Who asks while the same is
 * being reckoned joins in.
 * @throws Refusal not_found
 */
export async function reckonEffect(ctx: Part, jobs: Pick<Jobs, 'send'>, code: string): Promise<EffectRun> {
  await begin(ctx, code)
  await jobs.send(QUEUE, { code })
  return effectRun(ctx, code)
}

/** How far it has come, and what came of it once it is done. @throws Refusal not_found, also while nobody has asked for it */
export async function effectRun({ db }: Part, code: string): Promise<EffectRun> {
  const row = await db.selectFrom('edition_effect').selectAll().where('code', '=', code).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'sheets.noEffect', { values: { code } })
  const { state, done, total, effect } = row
  return { state, done, total, effect: state === 'done' ? effect : null }
}

interface Between {
  readonly before: EditionBody
  readonly after: EditionBody
  /** Another as soon as a word of either is. */
  readonly key: string
}

async function between({ db }: Part, code: string): Promise<Between> {
  const [before, after] = [editionInForce(), await findEdition(db, code, { drafts: true })]
  const key = createHash('sha256')
    .update(JSON.stringify([before, after]))
    .digest('hex')
  return { before, after, key }
}

function noneLeft(error: unknown): null {
  if (error instanceof Refusal && error.code === 'not_found') return null
  throw error
}

const none = () =>
  Object.fromEntries(SHEET_OUTCOMES.map((outcome) => [outcome, 0])) as EditionEffect['outcomes']['before']

/** Begins anew, unless just that is under way. */
async function begin(ctx: Part, code: string): Promise<void> {
  const { before, after, key } = await between(ctx, code)
  const outcomes = { before: none(), after: none() }
  const effect: EditionEffect = {
    ...{ edition: after.code, inForce: before.code, sites: 0, outcomes, changed: [], others: 0 },
  }
  await sql`
    insert into edition_effect as e (code, key, state, done, total, after_id, effect, asked_at)
    select ${code}, ${key}, 'running', 0, count(*)::int, 0, ${JSON.stringify(effect)}::jsonb, ${new Date(ctx.clock.now())}
    from site
    on conflict (code) do update set key = excluded.key, state = 'running', done = 0, total = excluded.total,
      after_id = 0, effect = excluded.effect, asked_at = excluded.asked_at
    where e.state <> 'running' or e.key <> excluded.key
  `.execute(ctx.db)
}

/**
 * Goes on with what was asked for where it was: it may be broken off and begun again at any point. Where an edition was
 * changed meanwhile it begins anew.
 * @param mostMs after so long it stops. @returns whether nothing is left
 */
export async function runEffect(ctx: Part, code: string, mostMs = MOST_MS): Promise<boolean> {
  const begun = performance.now()
  const both = await between(ctx, code).catch(noneLeft)
  // A draft that was thrown away meanwhile: nobody asks what it would change.
  if (both === null) return true
  const atMs = ctx.clock.now()
  const day = { atMs, today: localDay(atMs) }
  for (;;) {
    const row = await ctx.db
      .selectFrom('edition_effect')
      .selectAll()
      .where('code', '=', code)
      .where('state', '=', 'running')
      .executeTakeFirst()
    if (!row) return true
    if (row.key !== both.key) {
      await begin(ctx, code)
      return false
    }
    if (performance.now() - begun > mostMs) return false
    const page = await sitesAfter(ctx, row.after_id)
    const effect = await withPage(ctx, row.effect, page, both, day)
    const last = page.at(-1)
    const kept = await ctx.db
      .updateTable('edition_effect')
      .set({
        ...{ done: row.done + page.length, effect: JSON.stringify(effect) },
        ...(last ? { after_id: last.id } : { state: 'done' }),
      })
      .where('code', '=', code)
      .where('key', '=', row.key)
      .where('after_id', '=', row.after_id)
      .where('state', '=', 'running')
      .executeTakeFirst()
    // Another process has come first, or it was begun anew: that one goes on.
    if (kept.numUpdatedRows === 0n) return true
  }
}

type Site = Awaited<ReturnType<typeof sitesAfter>>[number]

const sitesAfter = ({ db }: Part, id: number) =>
  db
    .selectFrom('site')
    .select(['id', 'name', 'district'])
    .where('id', '>', id)
    .orderBy('id')
    .limit(PAGE)
    .execute()

/** What was reckoned so far, and some more sites. */
async function withPage(
  ctx: Part,
  so: EditionEffect,
  page: readonly Site[],
  { before, after }: Between,
  day: Day,
): Promise<EditionEffect> {
  if (page.length === 0) return so
  const ids = page.map(({ id }) => id)
  const now = await judgedBy(ctx, ids, before, day)
  const then = await judgedBy(ctx, ids, after, day)
  const outcomes = { before: { ...so.outcomes.before }, after: { ...so.outcomes.after } }
  const changed = [...so.changed]
  let [sites, others] = [so.sites, so.others]
  for (const { id, name, district } of page) {
    const [was, would] = [now.get(id), then.get(id)]
    if (!was || !would) continue
    sites += 1
    outcomes.before[was.outcome] += 1
    outcomes.after[would.outcome] += 1
    if (JSON.stringify(was) === JSON.stringify(would)) continue
    if (changed.length < MOST_NAMED) changed.push({ siteId: id, name, district, before: was, after: would })
    else others += 1
  }
  return { ...so, sites, outcomes, changed, others }
}

type Judged = EditionEffect['changed'][number]['before']

async function judgedBy(
  { db }: Part,
  ids: readonly number[],
  edition: EditionBody,
  day: Day,
): Promise<Map<number, Judged>> {
  const measured = await measureSites(db, ids, edition, day)
  return new Map([...measured].map(([id, of]) => [id, judgedOf(scoreSheet(edition, of))]))
}

const judgedOf = ({ outcome, points, vetoes }: SheetResult): Judged => ({ outcome, points, vetoes })
