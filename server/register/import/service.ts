import { sql } from 'kysely'
import type { Person } from '../../../shared/base/person.ts'
import type { Language } from '../../../shared/base/words/locales.ts'
import type { Answers } from '../../../shared/register/import/imports.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { fieldsOf } from '../own-fields/queries.ts'
import type { ParsedRegister } from './file/parse.ts'
import { readRegister, rowsOf } from './file/read.ts'
import { type ImportResult, importRegister } from './import.ts'
import { type ImportPlan, planImport, UnknownArea } from './plan/plan.ts'
import { emptiedUnits } from './report/emptied.ts'
import { countOf, demoSites, reportOf } from './report/report.ts'
import type { ImportReport } from './report/words.ts'
import { fileOfWrongRows } from './report/wrong-rows.ts'

export interface RegisterFile {
  readonly name: string
  readonly bytes: Buffer
  /** Whose register it is to be; null: what the settings or the file say. */
  readonly area: string | null
}

/**
 * Keeps a file and says what it would do. What is too much to be read is not kept.
 * @throws Refusal invalid when there is no such place, too_large
 */
export async function checkRegister(ctx: Context, user: Person, file: RegisterFile): Promise<ImportReport> {
  const { row, read } = await keepFile(ctx, user, file)
  return sayWhatItDoes(ctx.db, row, read)
}

/**
 * Keeps a file and loads it, read and planned once.
 * @throws Refusal as `checkRegister` and `applyImport` do; what is refused stays kept as one that was checked
 */
export async function loadRegister(
  ctx: Context,
  user: Person,
  file: RegisterFile,
  skipBad: boolean,
): Promise<ImportReport> {
  const { row, read } = await keepFile(ctx, user, file)
  if ((await demoSites(ctx.db)) > 0) throw new Refusal('conflict', 'imports.demoRuns')
  const loaded = await loadedSoFar(ctx.db)
  return load(ctx, user, row, { plan: await planOf(ctx.db, row, read), loaded, skipBad })
}

async function keepFile(
  ctx: Context,
  user: Person,
  file: RegisterFile,
): Promise<{ row: Asked; read: ParsedRegister }> {
  const read = await readRegister(file.bytes, await fieldsOf(ctx.db))
  const { id } = await ctx.db
    .insertInto('register_import')
    .values({
      file: file.name,
      content: file.bytes,
      area: file.area,
      created_by: user.id,
      created_at: new Date(ctx.clock.now()),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { row: { id, file: file.name, state: 'checked', answers: {}, area: file.area }, read }
}

/** What a file would do now, or did. @throws Refusal not_found */
export async function findImport(db: Db, id: number): Promise<ImportReport> {
  const row = await rowOf(db, id)
  return row.report ?? sayWhatItDoes(db, row, await readRegister(row.content, await fieldsOf(db)))
}

async function sayWhatItDoes(db: Db, row: Asked, read: ParsedRegister): Promise<ImportReport> {
  const plan = await planOf(db, row, read)
  const beside = { emptied: await emptiedUnits(db, plan), demo: await demoSites(db) }
  return reportOf(row, plan, await countOf(db, plan), beside)
}

/**
 * The wrong rows of a file, as a workbook by pieces.
 * @throws Refusal not_found; conflict where there are none, or the file as a whole cannot be read
 */
export async function wrongRowsOf(db: Db, id: number, language: Language): Promise<Generator<Uint8Array>> {
  const row = await rowOf(db, id)
  const known = await fieldsOf(db)
  const split = await rowsOf(row.content)
  const read = await readRegister(row.content, known)
  const { bad } = await planOf(db, row, read)
  const file = 'reason' in split ? null : fileOfWrongRows(split, bad, known, language)
  if (!file) throw new Refusal('conflict', 'imports.noWrongRows')
  return file
}

/** Keeps answers, besides those that were given before. @throws Refusal not_found, conflict, invalid */
export async function answerImport(
  ctx: Context,
  id: number,
  answers: Answers,
  area: string | undefined,
): Promise<ImportReport> {
  await ctx.db.transaction().execute(async (tx) => {
    await lockOpen(tx, id)
    await keepAnswers(tx, id, answers)
    if (area !== undefined)
      await tx.updateTable('register_import').set({ area }).where('id', '=', id).execute()
  })
  return findImport(ctx.db, id)
}

/**
 * Loads what was checked. Rows that wait for an answer stay out, and are loaded by the same file later.
 * @throws Refusal not_found; conflict when it was applied already, or while the demo is there, whose accounts would go
 * with it; invalid while rows are wrong and are not to be skipped.
 */
export async function applyImport(
  ctx: Context,
  user: Person,
  id: number,
  { answers, skipBad }: { readonly answers: Answers; readonly skipBad: boolean },
): Promise<ImportReport> {
  if ((await demoSites(ctx.db)) > 0) throw new Refusal('conflict', 'imports.demoRuns')
  const row = await ctx.db.transaction().execute(async (tx) => {
    await lockOpen(tx, id)
    await keepAnswers(tx, id, answers)
    return rowOf(tx, id)
  })
  const loaded = await loadedSoFar(ctx.db)
  const plan = await planOf(ctx.db, row, await readRegister(row.content, await fieldsOf(ctx.db)))
  return load(ctx, user, row, { plan, loaded, skipBad })
}

interface Planned {
  readonly plan: ImportPlan
  /** How many files had been loaded when it was planned. */
  readonly loaded: number
  readonly skipBad: boolean
}

async function load(
  ctx: Context,
  user: Person,
  row: Asked,
  { plan, loaded, skipBad }: Planned,
): Promise<ImportReport> {
  if (plan.bad.length > 0 && !skipBad) throw wrongRows(plan)
  const { code } = plan.area
  const emptied = await emptiedUnits(ctx.db, plan)
  const report = (result: ImportResult): ImportReport => {
    const outcome = { new: result.added, changed: result.changed, same: result.unchanged }
    return reportOf({ ...row, state: 'applied' }, plan, outcome, { emptied, demo: 0 })
  }
  const result = await importRegister(ctx, plan.rows, {
    ...plan,
    area: { code, by: plan.areaBy === 'file' ? 'register' : 'hand' },
    actor: { id: user.id, name: user.name },
    ...{ file: row.file, batch: `import-${row.id}` },
    claim: (tx) => refuseUnlessAsPlanned(tx, row, loaded),
    async keep(tx, result) {
      const done = { state: 'applied', applied_by: user.id, applied_at: new Date(ctx.clock.now()) } as const
      await tx
        .updateTable('register_import')
        .set({ ...done, report: JSON.stringify(report(result)) })
        .where('id', '=', row.id)
        .execute()
    },
  })
  return report(result)
}

const loadedSoFar = async (db: Db | Tx): Promise<number> => {
  const { n } = await db
    .selectFrom('register_import')
    .where('state', '=', 'applied')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/**
 * What is loaded is what was planned: not twice, by the same answers, on the register that it was compared with. Until
 * it is loaded nobody else begins.
 */
async function refuseUnlessAsPlanned(tx: Tx, { id, answers }: Asked, loaded: number): Promise<void> {
  await sql`lock table register_import in share row exclusive mode`.execute(tx)
  if ((await loadedSoFar(tx)) !== loaded) throw new Refusal('conflict', 'imports.otherLoadedMeanwhile')
  const isAsPlanned = await tx
    .selectFrom('register_import')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'checked')
    .where('answers', '=', sql<Answers>`${JSON.stringify(answers)}::jsonb`)
    .executeTakeFirst()
  if (!isAsPlanned) throw new Refusal('conflict', 'imports.appliedAlready')
}

const MOST_ISSUES = 50

function wrongRows({ bad }: ImportPlan): Refusal {
  const issues = bad.slice(0, MOST_ISSUES).map(({ line, column, reason, values }) => ({
    path: column ? `line ${line}.${column}` : `line ${line}`,
    ...{ reason, values },
  }))
  return new Refusal('invalid', 'imports.wrongRows', { values: { n: bad.length }, issues })
}

type Row = Awaited<ReturnType<typeof rowOf>>
type Asked = Pick<Row, 'id' | 'file' | 'state' | 'answers' | 'area'>

async function rowOf(db: Db | Tx, id: number) {
  const row = await db.selectFrom('register_import').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'imports.none')
  return row
}

/** Two who answer at once wait for each other; what was applied is over. */
async function lockOpen(tx: Tx, id: number): Promise<void> {
  const row = await tx
    .selectFrom('register_import')
    .select('state')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'imports.none')
  if (row.state === 'applied') throw new Refusal('conflict', 'imports.appliedAlready')
}

async function keepAnswers(tx: Tx, id: number, answers: Answers): Promise<void> {
  await tx
    .updateTable('register_import')
    .set({ answers: sql`answers || ${JSON.stringify(answers)}::jsonb` })
    .where('id', '=', id)
    .execute()
}

async function planOf(db: Db, { answers, area }: Asked, read: ParsedRegister): Promise<ImportPlan> {
  try {
    return await planImport(db, read, answers, area)
  } catch (error) {
    if (error instanceof UnknownArea) throw new Refusal('invalid', 'imports.noSuchPlace')
    throw error
  }
}
