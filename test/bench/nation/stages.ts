import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, told } from '../figure.ts'

/** What the profiler of V8 writes: samples of a tree of calls. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** µs since the sample before. */
  readonly timeDeltas: readonly number[]
}

const IDLE = 'idle'
const PROFILER = 'profiler'

/** By what a call is known, as "function file"; the innermost call that is known says which stage a sample belongs to. */
const STAGES: readonly (readonly [stage: string, calls: RegExp])[] = [
  [IDLE, /^\(idle\)/],
  [PROFILER, /^(dispatch|post) |profiled\.mjs/],
  ['memory: collecting garbage, on this thread', /^\(garbage collector\)/],
  [
    'visit: opening the connection',
    /^(connect $|internalConnect|TCP |lookupAndConnect|Socket .*node:net|#open )/,
  ],
  ['visit: sending the request', /^(writeLatin1String|#ask) /],
  ['visit: reading head and body', /^(#read|#pushHeads|#pushBody|parseHead|addField|parseFields) /],
  ['visit: print of the page (CRC-32)', /^crc32 /],
  [
    'visit: closing the connection',
    /^(close $|closeSocketHandle|_destroy|Socket\._destroy|#ended|#closed|shutdown $)/,
  ],
  [
    'database: statements of all stages, sent and read',
    /pg\/lib|pg-protocol|pg-pool|pg-types|postgres-date|kysely|StorableClient|^writev /,
  ],
  [
    'record: what changes nothing',
    /^(storeQuiet|recordQuiet|#nextBatch|#writeSome|#tellStored|#store|standingOf|toMeasured|announceMeasured) /,
  ],
  ['record: in full', /^(recordVisits|takeStep|judge|countV1|followAlerts|updateSiteStates|lockSiteStates) /],
  ['schedule: claims', /^(claimDueSites|#claim|#room|#minding|take\b.*Claims) /],
  [
    'schedule: turns, hosts, line',
    /^(#begin|#take|#enter|#leave|#atAddress|#look|isReadDue|isNewPage|isConfirmed|hostOf|note|learn|enter) /,
  ],
  ['background work', /pg-boss|luxon|cron-parser|^(scoreSheet|storeSheets|keepSheets|columnsCounted) /],
  ['metrics', /prom-client|^(noteVisit|memoryUsage) /],
  ['visit: address, guard, deadline, verdict', /dist\/server\/(visit|guard)-/],
]
const REST = 'event loop, streams and promises of Node'

/**
 * What the main thread of the monitor did, by stage, µs for each visit; without the profiler's own time.
 * @param folder where `profiled.mjs` has written it.
 * @param perS visits made a second meanwhile.
 */
export function stagesOf(folder: string, perS: number): Figure[] {
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile
  const visits = (timeDeltas.reduce((sum, us) => sum + us, 0) / 1e6) * perS
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const callers = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  )
  const known = new Map<number, string>()
  const stageOf = (id: number): string => {
    const before = known.get(id)
    if (before !== undefined) return before
    const call = byId.get(id)?.callFrame
    const own = STAGES.find(([, calls]) => calls.test(`${call?.functionName} ${call?.url}`))?.[0]
    const caller = callers.get(id)
    const stage = own ?? (caller === undefined ? REST : stageOf(caller))
    known.set(id, stage)
    return stage
  }
  const spent = new Map<string, number>()
  samples.forEach((id, index) => {
    const stage = stageOf(id)
    spent.set(stage, (spent.get(stage) ?? 0) + (timeDeltas[index] ?? 0))
  })
  return [...spent]
    .filter(([stage]) => stage !== IDLE && stage !== PROFILER)
    .sort(([, a], [, b]) => b - a)
    .map(([stage, us]) => told(`  ${stage}`, us / visits, 'µs', 1))
}
