import { hostname } from 'node:os'
import { join } from 'node:path'
import { zoneInForce } from '../../shared/base/zone.ts'
import { RENDERING } from '../../shared/monitor/rendering/rendering-rules.ts'
import { guarded, systemTimers, type Timers } from '../base/clock.ts'
import type { Context } from '../base/context.ts'
import { inSlices } from '../base/slices.ts'
import { unseenToKeep } from '../monitor/inspections/content/hidden-drawn.ts'
import { checksOf, type Keeping } from '../monitor/page-checks/checks.ts'
import { covered } from '../monitor/persons/mask.ts'
import { findChromium } from '../monitor/rendering/browser/chromium.ts'
import { Drawing } from '../monitor/rendering/drawing.ts'
import { withdrawRenderer } from '../monitor/rendering/queries.ts'
import { RenderWorker } from '../monitor/rendering/worker.ts'
import { readerOf } from '../monitor/visit/reading/readers.ts'
import { type FleetAddress, type Monitor, registerProber } from './monitor.ts'
import { Recorder } from './recorder.ts'

/** Pages drawn by this process, or why none are. */
export interface Rendering {
  /** Why pages are not drawn, as a sentence; null: they are, or nobody wants them to be. */
  readonly problem: () => string | null
  /** What drawing holds now, bytes. */
  readonly held: () => number
  stop(): Promise<void>
}

const cover = (text: string): string => covered(text, [])
/** What is kept of what a browser finds of a page. */
export const KEEPING: Keeping = {
  cover,
  unseen: (unseen, url) => inSlices(unseenToKeep(unseen, url, cover)),
}

/** Of several processes on one machine each role has a name of its own. */
const nameOf = ({ config }: Context): string => `${hostname()} ${config.role}`

/**
 * Starts drawing pages, where a Chromium is found and nobody has turned it off. Beside a monitor, its prober, reader and recorder
 * are used; a `--role render` has its own.
 * @param fleet where the demo's sites are; null without it.
 */
export async function startRendering(
  ctx: Context,
  fleet: Pick<FleetAddress, 'httpPort' | 'httpsPort'> | null,
  monitor: Pick<Monitor, 'reader' | 'recorder' | 'proberFor'> | null,
): Promise<Rendering> {
  const { config, db } = ctx
  const chromium = config.rendering ? await findChromium(config.chromiumPath) : null
  if (!chromium) {
    await withdrawRenderer(db, nameOf(ctx))
    const problem = whyNot(ctx)
    return { problem: () => problem, held: () => 0, stop: async () => {} }
  }
  const timers = guarded(systemTimers, (error) => ctx.log.error({ err: error }, 'while drawing pages'))
  const drawing = new Drawing({
    ...{
      chromium,
      folder: join(config.dataDir, 'chromium'),
      userAgent: config.userAgent,
      zone: zoneInForce(),
    },
    ...{ allowAddresses: config.allowAddresses, hosts: config.hosts },
    demoHosts: fleet ? [`*.localhost:${fleet.httpPort}`, `*.localhost:${fleet.httpsPort}`] : [],
    limits: RENDERING,
  })
  const { reader, recorder, proberFor, end } = monitor
    ? { ...monitor, end: async () => {} }
    : ownOf(ctx, timers)
  const worker = new RenderWorker({
    ...{ ctx, timers, drawing, reader, proberFor, name: nameOf(ctx) },
    checks: checksOf(ctx, KEEPING),
    record: (visited, onStored) => recorder.add(visited, onStored),
  })
  await worker.start()
  return {
    problem: () => worker.problem,
    held: () => worker.held,
    async stop() {
      await worker.stop()
      await end()
    },
  }
}

/** Who reads and records in a process that draws and does nothing else. */
function ownOf(ctx: Context, timers: Timers) {
  const [reader, recorder] = [readerOf({ readerThreads: 1 }, ctx.log), new Recorder(ctx, timers)]
  const prober = registerProber(ctx)
  const end = async (): Promise<void> => {
    prober.close()
    await reader.close()
    await recorder.flush()
  }
  return { reader, recorder, proberFor: () => prober, end }
}

/** One line at the start: where nobody turned it off, it is said what is missing. */
function whyNot({ config }: Context): string | null {
  if (!config.rendering) return null
  const { chromiumPath: named } = config
  const why = named === undefined ? 'no Chromium is found here' : `${named} (CHROMIUM_PATH) is no program`
  return `Pages are read as servers send them, and none is drawn by a browser: ${why}.`
}
