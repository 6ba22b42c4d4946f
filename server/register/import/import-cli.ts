import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pino } from 'pino'
import { systemClock } from '../../base/clock.ts'
import { ConfigError, parseConfig } from '../../base/config.ts'
import type { Context } from '../../base/context.ts'
import { connect } from '../../base/db/connect.ts'
import { migrate } from '../../base/db/migrate.ts'
import { ensureAdministrator } from '../../people/accounts/administrator.ts'
import { type BadRow, type ImportResult, importRegister, parseRegister, type RegisterRow } from './import.ts'

const USAGE = 'Usage: npm run import -- sites.csv [--skip-bad]'
/** Bad rows that are printed one by one. */
const MAX_PRINTED = 50

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

/**
 * `npm run import -- sites.csv [--skip-bad]`: loads a register. Bad rows are printed with line and reason, and
 * then nothing is loaded, unless they are to be skipped.
 * @returns the exit code: 0 loaded, 1 rows are bad and nothing was loaded, 2 it could not be tried.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const skipBad = argv.includes('--skip-bad')
  const [file, ...more] = argv.filter((word) => word !== '--skip-bad')
  if (file === undefined || more.length > 0 || file.startsWith('-')) {
    complain(USAGE)
    return 2
  }
  try {
    const { rows, bad } = parseRegister(read(file))
    printBad(bad)
    if (rows.length === 0 || (bad.length > 0 && !skipBad)) {
      complain(`Nothing was loaded: ${rows.length} rows are good, ${bad.length} are bad.`)
      if (bad.length > 0 && rows.length > 0) complain('With --skip-bad the good rows are loaded alone.')
      return 1
    }
    await load(rows, bad.length)
    return 0
  } catch (error) {
    complain(explain(error))
    return 2
  }
}

class UnreadableFile extends Error {}

function read(file: string): Buffer {
  try {
    // npm runs scripts in the project's folder and says where it was called.
    return readFileSync(resolve(process.env.INIT_CWD ?? '.', file))
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new UnreadableFile(isMissing ? `There is no file ${file}.` : `${file} cannot be read: ${error}`)
  }
}

function printBad(bad: readonly BadRow[]): void {
  for (const { line, reason } of bad.slice(0, MAX_PRINTED)) complain(`line ${line}: ${reason}`)
  if (bad.length > MAX_PRINTED) complain(`and ${bad.length - MAX_PRINTED} more`)
}

async function load(rows: readonly RegisterRow[], skipped: number): Promise<void> {
  const config = parseConfig(process.env, [])
  const connection = await connect(config)
  try {
    await connection.alone(() => migrate(connection.patient))
    // A running server finds the new facts by itself: nobody in this process is to be woken.
    const ctx: Context = {
      config,
      db: connection.db,
      clock: systemClock,
      log: pino({ level: config.logLevel }),
      wake: () => {},
      recheck: () => {},
    }
    printResult(await importRegister(ctx, rows), skipped)
    const administrator = await ensureAdministrator(ctx)
    if (administrator) {
      const { username, password } = administrator
      say(`First sign-in: user ${username}, password ${password} (to be changed at once; not shown again).`)
    }
  } finally {
    await connection.close()
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
  if (error instanceof ConfigError || error instanceof UnreadableFile) return error.message
  const message = error instanceof Error ? error.message : String(error)
  if (message.includes('in use by process')) {
    return `${message} The embedded database serves one program at a time; with DATABASE_URL a register can be loaded while the server runs.`
  }
  return `The register was not loaded: ${message}`
}
