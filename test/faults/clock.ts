import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { HOUR, MINUTE, SECOND } from '../../shared/base/time.ts'
import { temporaryFolder } from '../support/product/product.ts'
import type { FaultPart } from './part.ts'
import { Place } from './place.ts'

/** How far the clock of both processes is ahead, one after the other. */
const STEPS_MS = [10 * SECOND, -10 * SECOND, 10 * MINUTE, -10 * MINUTE, HOUR, 0]

/** The clock of the processes is set on and back while that of the database goes on. */
export const clockSteps: FaultPart = async ({ say }) => {
  const file = join(temporaryFolder(), 'ahead')
  writeFileSync(file, '0')
  const step = fileURLToPath(new URL('./step.mjs', import.meta.url))
  const place = await Place.open({ env: { FAULT_CLOCK: file, NODE_OPTIONS: `--import=${step}` } })
  for (const ms of STEPS_MS) {
    writeFileSync(file, String(ms))
    say(`${ms / SECOND} s ahead`)
    await sleep(20 * SECOND)
  }
  await place.settle()
  return place.close('clock set on and back, up to an hour')
}
