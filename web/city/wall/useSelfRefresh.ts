import { onScopeDispose } from 'vue'
import { addDays, localDay, MINUTE, timeOn } from '../../../shared/base/time.ts'
import { isOutdated } from '../../base/build.ts'
import { serverNow } from '../../base/clock.ts'

const AT = '04:00'
/** So that a city's displays do not all come at once. */
const SPREAD_MS = 10 * MINUTE

/** Ms from now to the next 04:00. */
export function untilNextRefresh(nowMs: number): number {
  const day = localDay(nowMs)
  const today = timeOn(day, AT)
  return (today > nowMs ? today : timeOn(addDays(day, 1), AT)) - nowMs
}

/** Once a night, when few look and only if another build has been put in place, the display loads itself again. */
export function useSelfRefresh(): void {
  let timer = setTimeout(check, delay())

  function delay(): number {
    return untilNextRefresh(serverNow()) + Math.random() * SPREAD_MS
  }
  async function check(): Promise<void> {
    timer = setTimeout(check, delay())
    if (await isOutdated()) location.reload()
  }
  onScopeDispose(() => clearTimeout(timer))
}
