import { onScopeDispose } from 'vue'
import { DAY, HOUR, MINUTE, localDay, startOfDay } from '../../../shared/base/time.ts'
import { isOutdated } from '../../base/build.ts'
import { serverNow } from '../../base/clock.ts'

const AT_MS = 4 * HOUR
/** So that a city's displays do not all come at once. */
const SPREAD_MS = 10 * MINUTE

/** Ms from now to the next 04:00 in Shanghai. */
export function untilNextRefresh(nowMs: number): number {
  const today = startOfDay(localDay(nowMs)) + AT_MS
  return (today > nowMs ? today : today + DAY) - nowMs
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
