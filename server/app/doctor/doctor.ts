import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SECOND } from '../../../shared/base/time.ts'
import { commandLanguage } from '../../base/commands/words.ts'
import { parseConfig } from '../../base/config.ts'
import { ConfigError } from '../../base/config-error.ts'
import { lookAtDatabase } from './database.ts'
import {
  CHECKS,
  type Check,
  doctorWords,
  type Finding,
  fault,
  LEVELS,
  type Look,
  type Patient,
  type Say,
  whyOf,
} from './finding.ts'
import { lookAtDisk, lookAtFiles, lookAtMemory, lookAtNode, lookAtPages, lookForBrowser } from './machine.ts'
import { lookAtClock, lookAtIpv6, lookAtLine, lookAtNames } from './network.ts'
import { lookAtKey, lookAtPort, lookAtSettings } from './settings.ts'

/** What is looked at, each by itself: one that is away keeps no other from being looked at. */
const LOOKS: readonly (readonly [Check, Look])[] = [
  ['settings', lookAtSettings],
  ['node', lookAtNode],
  ['pages', lookAtPages],
  ['database', lookAtDatabase],
  ['key', lookAtKey],
  ['clock', lookAtClock],
  ['dns', lookAtNames],
  ['line', lookAtLine],
  ['ipv6', lookAtIpv6],
  ['port', lookAtPort],
  ['disk', lookAtDisk],
  ['files', lookAtFiles],
  ['memory', lookAtMemory],
  ['browser', lookForBrowser],
]

/** Whoever does not answer at all is not waited for longer. */
const PATIENCE_MS = 20 * SECOND

/** Looks at all of it, side by side. @returns what was found, in the order in which it is told */
export async function examine(patient: Patient): Promise<Finding[]> {
  const all = await Promise.all(LOOKS.map(([check, look]) => looked(check, look, patient)))
  return all.flat().sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check))
}

async function looked(check: Check, look: Look, patient: Patient): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), PATIENCE_MS)
  })
  try {
    return await Promise.race([look(patient), late])
  } catch (error) {
    return [fault(check, 'broken', 'mend.broken', { why: whyOf(error) })]
  } finally {
    clearTimeout(timer)
  }
}

/**
 * `npm run doctor`: looks at the machine, the settings, the database and the line, and says what is to be mended.
 * @returns the exit code: 0 nothing keeps it from working, 1 something does, 2 not asked rightly
 */
export async function main(argv: readonly string[], env = process.env): Promise<number> {
  const asked = read(argv)
  const say = doctorWords(commandLanguage(asked?.lang, env))
  if (asked === null) {
    process.stderr.write(`${say('usage')}\n`)
    return 2
  }
  const found = await findingsFor(asked.role, env)
  process.stdout.write(asked.json ? asJson(found, say) : asText(found, say))
  return found.some(({ level }) => level === 'fault') ? 1 : 0
}

function read(argv: readonly string[]) {
  try {
    const options = { role: { type: 'string' }, lang: { type: 'string' }, json: { type: 'boolean' } } as const
    return parseArgs({ args: [...argv], options }).values
  } catch {
    return null
  }
}

/** With settings that cannot be read, everything else is looked at as if they were not set. */
async function findingsFor(role: string | undefined, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const webDir = fileURLToPath(new URL('../web', import.meta.url))
  const args = role === undefined ? [] : ['--role', role]
  try {
    return await examine({ config: parseConfig({ ...env }, args), webDir })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const others = await examine({ config: parseConfig({}, []), webDir })
    return [
      fault('settings', 'settings.bad', 'mend.settings', { why: error.message.replaceAll('\n', ' ') }),
      ...others.filter(({ check }) => !['settings', 'database', 'key', 'port'].includes(check)),
    ]
  }
}

function asText(found: readonly Finding[], say: Say): string {
  const lines = found.flatMap(({ check, level, said, mend, values }) => [
    `${say(`level.${level}`)}  ${say(`check.${check}`)}  ${say(said, values)}`,
    ...(mend ? [`      → ${say(mend, values)}`] : []),
  ])
  const [fine, warnings, faults] = LEVELS.map((level) => found.filter((one) => one.level === level).length)
  const end = say('end', { fine: fine ?? 0, warnings: warnings ?? 0, faults: faults ?? 0 })
  return `${[...lines, '', end].join('\n')}\n`
}

/** For programs: the codes, and the sentences beside them. */
function asJson(found: readonly Finding[], say: Say): string {
  const list = found.map(({ check, level, said, mend, values }) => ({
    check,
    level,
    code: said,
    said: say(said, values),
    mend: mend ? say(mend, values) : null,
    values: values ?? {},
  }))
  return `${JSON.stringify(list, null, 2)}\n`
}
