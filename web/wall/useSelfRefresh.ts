import { onScopeDispose } from 'vue'
import { DAY, HOUR, MINUTE, shanghaiDay, startOfDay } from '../../shared/time.ts'
import { serverNow } from '../clock.ts'

const AT_MS = 4 * HOUR
/** So that a city's displays do not all come at once. */
const SPREAD_MS = 10 * MINUTE

/** Ms from now to the next 04:00 in Shanghai. */
export function untilNextRefresh(nowMs: number): number {
  const today = startOfDay(shanghaiDay(nowMs)) + AT_MS
  return (today > nowMs ? today : today + DAY) - nowMs
}

/** The script that a page starts with: its name holds a hash, so another build has another. Null: no page of ours. */
export function buildOf(html: string): string | null {
  return /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null
}

/** Once a night, when few look and only if another build has been put in place, the display loads itself again. */
export function useSelfRefresh(): void {
  const mine = document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null
  let timer = setTimeout(check, delay())

  function delay(): number {
    return untilNextRefresh(serverNow()) + Math.random() * SPREAD_MS
  }
  async function check(): Promise<void> {
    timer = setTimeout(check, delay())
    const theirs = await currentBuild()
    if (mine !== null && theirs !== null && theirs !== mine) location.reload()
  }
  onScopeDispose(() => clearTimeout(timer))
}

async function currentBuild(): Promise<string | null> {
  try {
    const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } })
    return response.ok ? buildOf(await response.text()) : null
  } catch {
    return null
  }
}
