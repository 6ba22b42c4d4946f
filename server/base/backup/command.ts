import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { commandLanguage } from '../commands/words.ts'
import { parseConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import { BackupRefusal, backupWords, type Say } from './words.ts'

/** What somebody asks of one of the two commands. */
export interface Order {
  readonly file: string
  readonly force: boolean
  readonly check: boolean
}

type Env = Readonly<Record<string, string | undefined>>

/** What a command does with what it was asked for. @returns the lines that it says */
export type Work = (order: Order, config: ReturnType<typeof parseConfig>, say: Say) => Promise<string[]>

/**
 * Runs one of the two commands: reads what is asked, does it, and says what came of it or why not.
 * @param options which it has besides `--lang`
 * @returns the exit code: 0 done, 1 refused or failed, 2 not asked rightly. Where a target hangs, this process is over
 * (SIGKILL) once that is said: an exit waits for whatever the system has not answered yet.
 */
export async function runCommand(
  argv: readonly string[],
  env: Env,
  { usage, options, work }: { usage: 'usageBackup' | 'usageRestore'; options: readonly string[]; work: Work },
): Promise<number> {
  const asked = read(argv, options)
  const say = backupWords(commandLanguage(asked?.lang, env))
  if (!asked?.order) {
    process.stderr.write(`${say(usage)}\n`)
    return 2
  }
  try {
    const file = resolve(env.INIT_CWD ?? '.', asked.order.file)
    const lines = await work({ ...asked.order, file }, parseConfig({ ...env }, []), say)
    process.stdout.write(`${lines.join('\n')}\n`)
    return 0
  } catch (error) {
    const said = explain(error, say)
    await new Promise((resolve) => process.stderr.write(`${said}\n`, resolve))
    if (error instanceof BackupRefusal && error.word === 'targetHangs') process.kill(process.pid, 'SIGKILL')
    return 1
  }
}

function read(argv: readonly string[], options: readonly string[]) {
  try {
    const flags = Object.fromEntries(options.map((name) => [name, { type: 'boolean' as const }]))
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...flags, lang: { type: 'string' } },
    })
    const {
      lang,
      force = false,
      check = false,
    } = values as { lang?: string; force?: boolean; check?: boolean }
    const [file, ...more] = positionals
    return { lang, order: file === undefined || more.length > 0 ? null : { file, force, check } }
  } catch {
    return null
  }
}

function explain(error: unknown, say: Say): string {
  if (error instanceof BackupRefusal) return say(error.word, error.values)
  if (error instanceof ConfigError) return error.message
  return say('failed', { why: error instanceof Error ? error.message : String(error) })
}
