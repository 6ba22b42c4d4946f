import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { answers as answersSchema, type EmptiedUnit } from '../../shared/register/import/imports.ts'
import { systemClock } from '../base/clock.ts'
import { parseConfig } from '../base/config.ts'
import { ConfigError } from '../base/config-error.ts'
import type { Context } from '../base/context.ts'
import { type Connection, connect } from '../base/db/connect.ts'
import { migrate } from '../base/db/migrate.ts'
import { ensureAdministrator } from '../people/accounts/administrator.ts'
import { startSettings } from '../people/settings/settings.ts'
import { ensureDivisions } from '../register/divisions/seed.ts'
import { readRegister } from '../register/import/file/read.ts'
import { type BadRegisterRow, type ImportResult, importRegister } from '../register/import/import.ts'
import { type ImportPlan, planImport, UnknownArea } from '../register/import/plan/plan.ts'
import { emptiedUnits } from '../register/import/report/emptied.ts'
import { sayEmptied, sayQuestion, sayWrong } from '../register/import/report/say.ts'
import { fieldsOf } from '../register/own-fields/queries.ts'
import { after } from './after.ts'

const USAGE =
  'Usage: npm run import -- sites.csv|sites.xlsx [--skip-bad] [--dry-run] [--area CODE] [--answer KEY=ANSWER …]'
/** Bad rows, questions and units that are printed one by one. */
const MAX_PRINTED = 50

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

interface Order {
  readonly file: string
  readonly skipBad: boolean
  readonly dryRun: boolean
  readonly area: string | null
  readonly answers: Readonly<Record<string, string>>
}

/**
 * `npm run import -- sites.csv`: loads a register. Bad rows are printed with line and reason, and then nothing is
 * loaded, unless they are to be skipped. What has to be asked is printed with the answers that there are; rows that it
 * is about are not loaded until then.
 * @returns the exit code: 0 loaded, 1 rows are bad and nothing was loaded, 2 it could not be tried.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const order = readOrder(argv)
  if (!order) {
    complain(USAGE)
    return 2
  }
  try {
    return await carryOut(order)
  } catch (error) {
    complain(explain(error))
    return 2
  }
}

function readOrder(argv: readonly string[]): Order | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'skip-bad': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        area: { type: 'string' },
        answer: { type: 'string', multiple: true, default: [] },
      },
    })
    const [file, ...more] = positionals
    const given = values.answer.map((one) => /^(.+)=([^=]+)$/.exec(one)?.slice(1) ?? ['', ''])
    const answers = answersSchema.safeParse(Object.fromEntries(given))
    if (file === undefined || more.length > 0 || !answers.success) return null
    const { 'skip-bad': skipBad, 'dry-run': dryRun, area = null } = values
    return { file, skipBad, dryRun, area, answers: answers.data }
  } catch {
    return null
  }
}

async function carryOut(order: Order): Promise<number> {
  const bytes = bytesOf(order.file)
  const first = await readRegister(bytes)
  // What cannot be read at all needs no database.
  if (first.rows.length === 0 || (first.bad.length > 0 && !order.skipBad))
    return refuse(first.rows.length, first.bad)
  const config = parseConfig(process.env, [])
  const connection = await connect(config)
  try {
    await connection.alone(() => migrate(connection.patient, { besideOthers: !connection.embedded }))
    await ensureDivisions(connection.db)
    await startSettings(connection.db)
    const known = await fieldsOf(connection.db)
    const read = known.own.length > 0 ? await readRegister(bytes, known) : first
    const plan = await planImport(connection.db, read, order.answers, order.area)
    const nothing = plan.rows.length === 0 && plan.questions.length === 0 && plan.left === 0
    if (nothing || (plan.bad.length > 0 && !order.skipBad)) return refuse(plan.rows.length, plan.bad)
    printBad(plan.bad)
    printQuestions(plan, order)
    printEmptied(await emptiedUnits(connection.db, plan))
    if (!order.dryRun) await load(config, connection, plan, order.file)
    return 0
  } finally {
    await connection.close()
  }
}

class UnreadableFile extends Error {}

function bytesOf(file: string): Buffer {
  try {
    // npm runs scripts in the project's folder and says where it was called.
    return readFileSync(resolve(process.env.INIT_CWD ?? '.', file))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UnreadableFile(isMissing ? `There is no file ${file}.` : `${file} cannot be read: ${error}`)
  }
}

function refuse(good: number, bad: readonly BadRegisterRow[]): number {
  printBad(bad)
  complain(`Nothing was loaded: ${good} rows are good, ${bad.length} are bad.`)
  if (bad.length > 0 && good > 0) complain('With --skip-bad the good rows are loaded alone.')
  return 1
}

function printBad(bad: readonly BadRegisterRow[]): void {
  for (const row of bad.slice(0, MAX_PRINTED)) complain(`line ${row.line}: ${sayWrong(row, 'en')}`)
  if (bad.length > MAX_PRINTED) complain(`and ${bad.length - MAX_PRINTED} more`)
}

function printQuestions(
  { questions, area, areaBy, waiting }: ImportPlan,
  { file, area: asked }: Order,
): void {
  if (areaBy === 'file' && asked === null && questions.length > 0) {
    complain(`The register is taken for that of ${area.name} (${area.code}); --area CODE says another.`)
  }
  for (const question of questions) for (const line of sayQuestion(question)) complain(line)
  if (questions.length === 0) return
  complain(
    `${questions.length} questions are open, ${waiting} rows wait for them. To answer, load ${basename(file)} again with --answer.`,
  )
}

function printEmptied(units: readonly EmptiedUnit[]): void {
  for (const unit of units.slice(0, MAX_PRINTED)) complain(sayEmptied(unit))
  if (units.length > MAX_PRINTED) complain(`and ${units.length - MAX_PRINTED} more`)
  if (units.length === 0) return
  complain(
    'Accounts, contacts and what is open stay with such a unit until it is merged into the other, on its page.',
  )
}

async function load(
  config: Context['config'],
  connection: Connection,
  plan: ImportPlan,
  file: string,
): Promise<void> {
  // A running server finds the new facts by itself: nobody in this process is to be woken.
  const ctx: Context = {
    config,
    db: connection.db,
    clock: systemClock,
    log: pino({ level: config.logLevel }),
    wake: () => {},
    recheck: () => {},
    measured: () => {},
    after,
  }
  const area = { code: plan.area.code, by: plan.areaBy === 'file' ? 'register' : 'hand' } as const
  printResult(await importRegister(ctx, plan.rows, { ...plan, area, file: basename(file) }), plan.bad.length)
  const administrator = await ensureAdministrator(ctx)
  if (administrator) {
    const { username, password } = administrator
    say(`First sign-in: user ${username}, password ${password} (to be changed at once; not shown again).`)
  }
}

function printResult({ added, changed, unchanged, demoRemoved }: ImportResult, skipped: number): void {
  if (demoRemoved > 0) {
    say(`The demo was removed: ${demoRemoved} sites, its history and its sign-ins.`)
    say('If the server is running, start it again: it still has the demo fleet.')
  }
  say(`${added} sites added, ${changed} changed, ${unchanged} unchanged, ${skipped} bad rows skipped.`)
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof UnreadableFile || error instanceof UnknownArea)
    return error.message
  const message = error instanceof Error ? error.message : String(error)
  if (message.includes('in use by process')) {
    return `${message} The embedded database serves one program at a time; with DATABASE_URL a register can be loaded while the server runs.`
  }
  return `The register was not loaded: ${message}`
}
