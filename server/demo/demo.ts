import { zoneInForce } from '../../shared/base/zone.ts'
import type { Config } from '../base/config.ts'
import { ConfigError } from '../base/config-error.ts'
import type { Context } from '../base/context.ts'
import type { Db } from '../base/db/database.ts'
import type { Module } from '../base/module.ts'
import { endProgram, firstMessage, spawnProgram } from '../base/spawn.ts'
import type { FleetAddress } from '../recording/monitor.ts'
import { ensureDemoUsers } from './accounts.ts'
import { putUpNotices } from './closing-notices.ts'
import { ensureDemoContacts } from './contacts.ts'
import { ensureDemoDuty, ensureDemoHandovers } from './duty.ts'
import { ensureDemoLines } from './lines.ts'
import { ensureDemoMissed } from './missed.ts'
import { ensureDemoSubscriptions } from './notifications.ts'
import { makePast } from './past/fill.ts'
import { fillPastHours } from './past/hours.ts'
import { makePastInspections } from './past/inspections.ts'
import { ensureDemoRenderings } from './past/renderings.ts'
import { fillPastSheets } from './past/sheets.ts'
import { moveBrokenLinks, moveUnfinished } from './past/store.ts'
import { ensureDemoPauses } from './pauses.ts'
import { ensureDemoRequests } from './rectifications.ts'
import { ensureDemoRedated } from './redated.ts'
import { loadDemoRegister } from './register.ts'

/** The demo fleet as this process sees it. */
export interface Demo {
  readonly address: FleetAddress
  /** Port of the fleet's control door, on loopback. */
  readonly controlPort: number
  readonly pid: number | null
  readonly lost: Promise<string>
  /** Begins what the start does not wait for: score sheets of half a year, then the hours of the past. */
  fillRest(): void
  /** Ends what it fills; the fleet goes on. */
  stop(): Promise<void>
}

/**
 * The demo runs where nothing real is, in one process that does everything; its fleet is on this machine.
 * @throws ConfigError where it must run (`DEMO=on`) and cannot.
 */
export async function isDemoWanted(config: Config, db: Db): Promise<boolean> {
  if (config.demo === 'off') return false
  const real = await db.selectFrom('site').select('id').where('demo', '=', false).limit(1).executeTakeFirst()
  const isPossible = config.role === 'all' && real === undefined
  if (config.demo === 'on' && !isPossible) {
    const why = real ? 'there are real sites in the register' : `the role is ${config.role}, not all`
    throw new ConfigError(`DEMO=on: there is no demo here, as ${why}.`)
  }
  return isPossible
}

/** So many good visits close a rectification in the demo, so that a newcomer sees it within minutes. */
const DEMO_GOOD_VISITS = 5
/** A demo visits ten times as often as a monitor need; V1 looks back on a week of single visits. */
const DEMO_RETENTION_DAYS = 8

/** The configuration as the demo follows it: less patient and less of a hoarder, unless it is so already. */
export function forDemo(config: Config): Config {
  return {
    ...config,
    verifyGoodVisits: Math.min(config.verifyGoodVisits, DEMO_GOOD_VISITS),
    visitRetentionDays: Math.min(config.visitRetentionDays, DEMO_RETENTION_DAYS),
  }
}

/** The fleet's process, which takes a moment until it listens. */
export interface Fleet {
  readonly ready: Promise<FleetAddress & { readonly controlPort: number }>
  readonly pid: number | null
  readonly lost: Promise<string>
  stop(): Promise<void>
}

/** Starts the fleet. */
export function startFleet(): Fleet {
  const child = spawnProgram('fleet', { FLEET_ZONE: zoneInForce() }, ['--max-semi-space-size=2'])
  let isStopping = false
  const lost = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!isStopping) resolve(`the demo fleet ended (${signal ?? `code ${code}`})`)
    })
  })
  const ready = firstMessage<FleetAddress & { controlPort: number }>(child)
  // Whoever waits for it is told; until then nobody does.
  ready.catch(() => {})
  return {
    ...{ ready, lost, pid: child.pid ?? null },
    async stop() {
      isStopping = true
      await endProgram(child, 1_000)
    },
  }
}

/**
 * Loads the register and the people of the fleet, and fills the past that nobody watched.
 * @param nouns what each adds to it.
 */
export async function startDemo(
  ctx: Context,
  fleet: Fleet,
  tell: (text: string) => void,
  nouns: readonly Pick<Module, 'demoSeed' | 'demoMade'>[],
): Promise<Demo> {
  const ready = await fleet.ready
  const ports = { http: ready.httpPort, https: ready.httpsPort }
  await loadDemoRegister(ctx, ports)
  await moveBrokenLinks(ctx.db, ports)
  await moveUnfinished(ctx.db, ports, new Date(ctx.clock.now()))
  await ensureDemoUsers(ctx)
  const storePast = await makePast(ctx, tell)
  // What else takes long to be made is begun with, too; each noun is stored at its place, since later ones go by those before.
  const made = new Map<Module['demoMade'], () => Promise<void>>()
  for (const { demoMade } of nouns) if (demoMade) made.set(demoMade, await demoMade(ctx))
  const storeInspections = await makePastInspections(ctx)
  await storePast()
  await ensureDemoRenderings(ctx)
  await ensureDemoSubscriptions(ctx)
  await ensureDemoDuty(ctx)
  await ensureDemoPauses(ctx)
  await ensureDemoHandovers(ctx)
  await ensureDemoContacts(ctx)
  await ensureDemoRequests(ctx)
  await ensureDemoMissed(ctx)
  await ensureDemoRedated(ctx)
  await ensureDemoLines(ctx, Object.keys(ready.hosts6 ?? {}).length > 0)
  for (const { demoMade, demoSeed } of nouns) {
    await made.get(demoMade)?.()
    await demoSeed?.(ctx)
  }
  // Of what rules have found is told by how good they were in the nights before.
  await storeInspections().catch(untold(ctx))
  await putUpNotices(ctx.db, ready.controlPort)
  const filling = new AbortController()
  let filled: Promise<void> | null = null
  return {
    ...{ address: ready, controlPort: ready.controlPort, pid: fleet.pid, lost: fleet.lost },
    fillRest() {
      filled ??= fillSheetsAndHours(ctx, filling.signal)
    },
    async stop() {
      filling.abort()
      await filled
    },
  }
}

/** Nobody is kept from what is there by a past that is not. */
const untold = (ctx: Context) => (error: unknown) =>
  ctx.log.warn({ err: error }, 'the past could not be filled; the next start tries again')

async function fillSheetsAndHours(ctx: Context, signal: AbortSignal): Promise<void> {
  for (const fill of [fillPastSheets, fillPastHours]) {
    await fill(ctx, signal).catch(untold(ctx))
  }
}
