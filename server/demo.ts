import type { Context } from './context.ts'
import { fillPast } from './fleet/past/fill.ts'
import type { FleetAddress } from './probes/monitor.ts'
import { loadDemoRegister } from './sites/register.ts'
import { endProgram, firstMessage, spawnProgram } from './spawn.ts'
import { ensureDemoUsers } from './users/demo.ts'

/** The demo fleet as this process sees it. */
export interface Demo {
  readonly address: FleetAddress
  /** Port of the fleet's control door, on loopback. */
  readonly controlPort: number
  readonly pid: number | null
  readonly lost: Promise<string>
  stop(): Promise<void>
}

/** The demo runs where nothing real is: asked for, or no register has been loaded. Its fleet is on this machine. */
export async function isDemoWanted({ config, db }: Context): Promise<boolean> {
  if (config.demo === 'off' || config.role !== 'all') return false
  const real = await db.selectFrom('site').select('id').where('demo', '=', false).limit(1).executeTakeFirst()
  return real === undefined
}

/** Starts the fleet, loads its register and people, and fills the past that nobody watched. */
export async function startDemo(ctx: Context, tell: (text: string) => void): Promise<Demo> {
  tell('Starting the demo fleet: 640 made-up sites on this machine …')
  const child = spawnProgram('fleet', {}, ['--max-semi-space-size=2'])
  let isStopping = false
  const lost = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!isStopping) resolve(`the demo fleet ended (${signal ?? `code ${code}`})`)
    })
  })
  const stop = () => {
    isStopping = true
    return endProgram(child, 1_000)
  }
  try {
    const ready = await firstMessage<FleetAddress & { controlPort: number }>(child)
    await loadDemoRegister(ctx, { http: ready.httpPort, https: ready.httpsPort })
    await ensureDemoUsers(ctx)
    await fillPast(ctx, tell)
    return { address: ready, controlPort: ready.controlPort, pid: child.pid ?? null, lost, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
