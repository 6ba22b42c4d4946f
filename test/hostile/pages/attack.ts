import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import type { Timers } from '../../../server/base/clock.ts'
import { againAfterDeadlock } from '../../../server/base/db/deadlock.ts'
import { inSlices } from '../../../server/base/slices.ts'
import { textLines } from '../../../server/monitor/evidence/difference.ts'
import { inertPage } from '../../../server/monitor/evidence/inert.ts'
import { linksOf } from '../../../server/monitor/inspections/page/extract.ts'
import { decodePage } from '../../../server/monitor/read/page/decode.ts'
import { slicedReader } from '../../../server/monitor/visit/reading/reader.ts'
import { createProber, type Prober, type Visit } from '../../../server/monitor/visit/visit.ts'
import { startMeasuring } from '../../../server/recording/measuring.ts'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import type { VisitResult } from '../../../shared/monitor/visit/probes.ts'
import { makeCertificate } from '../../monitor/visit/net/certificates.ts'
import type { TestContext } from '../../support/context.ts'
import { makeSite } from '../../support/make.ts'
import { type LongestBlock, LoopWatch } from '../loop.ts'
import type { Started } from './server.ts'

/** Real time is short: what waits for a second in the product waits for a twentieth here. */
const FASTER = 20
const DEADLINE_MS = 4_000
const TODAY = '2026-03-10'
/** A round takes seconds; whoever waits longer waits for ever. */
const ROUND_LIMIT_MS = 45_000
/** Rounds begin this far apart on the clock of the product: the interval of its sites. */
const ROUND_MS = 5 * MINUTE

export interface AttackOptions {
  readonly count: number
  readonly seed: number
  readonly sites: number
  readonly say?: (text: string) => void
}

export interface AttackResult {
  readonly visits: number
  /** Visits by how they ended, and readings by theirs. */
  readonly outcomes: Readonly<Record<string, number>>
  readonly notStored: number
  /** What was thrown where nobody caught it, logged as an error, or made the reader or the prober give up. */
  readonly exceptions: readonly string[]
  /** Visits whose time ran out a second before anybody noticed: the machine gave this process no time. */
  readonly late: number
  readonly longest: LongestBlock
}

/**
 * Lets sites answer their monitor with whatever a hostile server can send: real sockets, half of them TLS, the
 * product's own prober, schedule, reader and recorder, and the database of `rounds`. Every page is also searched for
 * links, made inert and cut into lines, as those do who scan and show it.
 */
export async function attack(rounds: TestContext, options: AttackOptions): Promise<AttackResult> {
  const ctx = goingOn(rounds)
  const { server, started, ca } = await startServer(options.seed)
  const exceptions: string[] = []
  const note = (error: unknown) =>
    exceptions.push(error instanceof Error ? (error.stack ?? '') : String(error))
  process.on('uncaughtException', note).on('unhandledRejection', note)
  const outcomes: Record<string, number> = {}
  const count = (name: string) => {
    outcomes[name] = (outcomes[name] ?? 0) + 1
  }
  const prober = withReaders(
    createProber({
      userAgent: 'hostile test',
      allowHosts: ['*.localhost'],
      allowAddresses: ['127.0.0.0/8'],
      hosts: { '*.localhost': '127.0.0.1' },
      deadlineMs: DEADLINE_MS,
      ca,
      nowMs: () => ctx.clock.now(),
    }),
    note,
  )
  const ids = await makeSites(ctx, started, options.sites)
  const watch = new LoopWatch()
  let visits = 0
  let late = 0
  const measuring = await startMeasuring({
    ctx: { ...ctx, log: told(ctx.log, note) },
    timers: FAST,
    prober,
    demoProber: null,
    references: [],
    reader: slicedReader,
    onVisit: ({ result, finding, isReading }) => {
      if (isReading) {
        count(`page ${finding?.outcome}${finding?.reason ? ` (${finding.reason})` : ''}`)
        if (finding?.reason === 'failed') note(finding.reason)
        return
      }
      visits++
      count(result.cause ?? result.outcome)
      if (isLate(result)) late++
      else if (result.cause === 'monitor_error') note(result.cause)
    },
  })
  const isQuiet = () =>
    measuring.schedule.inFlight + measuring.readings.waiting + measuring.recorder.waiting === 0
  try {
    for (let round = 0; visits < options.count; round++) {
      await nextRound(rounds, ids)
      if (!(await settled(isQuiet))) {
        const { schedule, recorder } = measuring
        note(`a round does not end: ${schedule.inFlight} under way, ${recorder.waiting} not stored`)
        break
      }
      if (round % 20 === 19)
        options.say?.(`${visits} visits, longest block ${watch.longest.wallMs.toFixed(0)} ms`)
    }
    prober.close()
    await measuring.stop()
    const { stored } = await ctx.db
      .selectFrom('visit')
      .select((eb) => eb.fn.countAll<string>().as('stored'))
      .where('site_id', 'in', ids)
      .executeTakeFirstOrThrow()
    const notStored = visits - Number(stored)
    return { visits, outcomes, exceptions, late, notStored, longest: watch.stop() }
  } finally {
    watch.stop()
    process.off('uncaughtException', note).off('unhandledRejection', note)
    if (server.connected) server.disconnect()
  }
}

/** The prober's own rule for a timer that came too late to say anything of the site, by the time that it wrote down. */
function isLate({ cause, totalMs }: VisitResult): boolean {
  return cause === 'monitor_error' && (totalMs ?? 0) >= DEADLINE_MS + SECOND
}

async function startServer(seed: number): Promise<{ server: ChildProcess; started: Started; ca: string }> {
  const authority = await makeCertificate({ subject: 'CN=hostile authority', isAuthority: true })
  const leaf = await makeCertificate({ names: ['*.hostile.localhost'], issuer: authority })
  const server = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  })
  server.send({ seed, key: leaf.key, cert: leaf.cert })
  const [started] = (await once(server, 'message')) as [Started]
  return { server, started, ca: authority.cert }
}

async function makeSites(
  ctx: TestContext,
  { httpPort, httpsPort }: Started,
  sites: number,
): Promise<number[]> {
  const ids: number[] = []
  for (let index = 0; index < sites; index++) {
    const host = `s${index}.hostile.localhost`
    const url = index % 2 === 0 ? `http://${host}:${httpPort}/` : `https://${host}:${httpsPort}/`
    ids.push((await makeSite(ctx.db, { url, interval_s: 300 })).id)
  }
  return ids
}

/** Its clock goes on between rounds, too: no visit is made at the instant of the one before. */
function goingOn(ctx: TestContext): TestContext {
  const startMs = performance.now()
  const now = () => ctx.clock.now() + Math.floor(performance.now() - startMs)
  return { ...ctx, clock: { ...ctx.clock, now } }
}

/** Every site has its turn at once, and is read whatever was read before. */
async function nextRound(ctx: TestContext, ids: readonly number[]): Promise<void> {
  const now = new Date(ctx.clock.advance(ROUND_MS))
  // The monitor may be writing to the same rows, in an order of its own.
  await againAfterDeadlock(() =>
    ctx.db
      .updateTable('site_state')
      .set({ next_visit_at: now, finding_at: null })
      .where('site_id', 'in', ids)
      .execute(),
  )
}

/** Waits until nothing is under way, three times in a row, so that turns just claimed have begun. False: it never ends. */
async function settled(isQuiet: () => boolean): Promise<boolean> {
  const endMs = performance.now() + ROUND_LIMIT_MS
  for (let quiet = 0; quiet < 3; ) {
    if (performance.now() > endMs) return false
    await new Promise((resolve) => setTimeout(resolve, 60))
    quiet = isQuiet() ? quiet + 1 : 0
  }
  return true
}

/** What else is done to pages in the same process: each in a turn of its own, as in the product. */
function withReaders(prober: Prober, note: (error: unknown) => void): Prober {
  const readAll = async ({ body, headers, result }: Visit) => {
    if (body === null) return
    await inSlices(linksOf(body, headers['content-type'], result.finalUrl ?? 'http://x.localhost/', 1_500))
    const { text } = decodePage(body, headers['content-type'])
    await inSlices(inertPage(text, null, TODAY))
    await inSlices(textLines(text, TODAY))
  }
  return {
    ...prober,
    async visit(target) {
      const visit = await prober.visit(target)
      await readAll(visit).catch(note)
      return visit
    },
  }
}

const FAST: Timers = {
  after(ms, act) {
    const timer = setTimeout(act, ms / FASTER)
    return () => clearTimeout(timer)
  },
  every(ms, act) {
    const timer = setInterval(act, ms / FASTER)
    return () => clearInterval(timer)
  },
}

/** A log whose errors are noted. */
function told(log: Logger, note: (error: unknown) => void): Logger {
  const error = (about: unknown, text?: string) => {
    const cause = about !== null && typeof about === 'object' && 'err' in about ? about.err : ''
    note(`${text ?? ''} ${cause instanceof Error ? cause.message.slice(0, 300) : ''}`)
  }
  return Object.assign(Object.create(log) as Logger, { error, fatal: error })
}
