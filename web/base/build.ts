import { shallowRef } from 'vue'
import type { Router } from 'vue-router'
import { isDialogOpen } from './ui/keys/usePageKeys.ts'

/**
 * What a reload would give: another build is in place; or the page that was asked for (`path`) can be had no other
 * way, as its script is gone.
 */
export interface Reload {
  readonly reason: 'ready' | 'missing'
  readonly path: string | null
}

export const offered = shallowRef<Reload | null>(null)

/** A page that reloads itself and finds the same state must not do so for ever. */
const AGAIN_MS = 60_000
const KEY = 'siteward.reloaded'

/** The script that a page starts with: its name holds a hash, so another build has another. Null: no page of ours. */
export function buildOf(html: string): string | null {
  return /<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? null
}

/** The build that this page is of; null where nothing was built. */
const mine = (): string | null =>
  document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null

/** The build that the server would give now. Null: it cannot be asked. */
async function theirs(): Promise<string | null> {
  try {
    const init = { cache: 'no-store', headers: { accept: 'text/html' }, signal: AbortSignal.timeout(5_000) }
    const response = await fetch('/', init as RequestInit)
    return response.ok ? buildOf(await response.text()) : null
  } catch {
    return null
  }
}

/** Whether the server has another build than this page is of. */
export async function isOutdated(): Promise<boolean> {
  const [ours, now] = [mine(), await theirs()]
  return ours !== null && now !== null && ours !== now
}

/** Looks for another build, as after the server was away, and offers it. */
export async function lookForBuild(): Promise<void> {
  if (await isOutdated()) offered.value ??= { reason: 'ready', path: null }
}

/** Somebody is at something that a reload would take from under the hands. */
export function isAtWork(): boolean {
  const at = document.activeElement
  const isTyping =
    at instanceof HTMLElement && (at.isContentEditable || at.matches('input, textarea, select'))
  return isTyping || isDialogOpen()
}

/** Loads the page anew, at the address that was asked for. */
export function reload({ path }: Reload): void {
  try {
    sessionStorage.setItem(KEY, String(Date.now()))
  } catch {
    // Where nothing can be kept, the person presses the button.
  }
  if (path === null) location.reload()
  else location.assign(path)
}

/** Reloads by itself, unless somebody is at work or it has just done so. @returns whether it does. */
export function reloadUnlessAtWork(what: Reload): boolean {
  if (isAtWork() || !mayReload()) return false
  reload(what)
  return true
}

function mayReload(): boolean {
  try {
    return Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) >= AGAIN_MS
  } catch {
    return false
  }
}

/** The words by which the browsers say that a script could not be had. */
const NO_SCRIPT =
  /dynamically imported module|Importing a module script failed|error loading dynamically|Unable to preload CSS/i

/**
 * Pages whose script cannot be had: after an update the old one may be gone, and then only a reload helps. A server
 * that is merely away is no reason to lose the picture that is still shown.
 * @param onAway the server cannot be reached, and the page stays where it is.
 */
export function watchScripts(router: Router, onAway: () => void): void {
  let isAsking = false
  const miss = async (path: string | null): Promise<void> => {
    isAsking = true
    const isAway = (await theirs()) === null
    isAsking = false
    if (isAway) {
      onAway()
      return
    }
    const wanted: Reload = { reason: 'missing', path }
    if (!reloadUnlessAtWork(wanted)) offered.value = wanted
  }
  router.onError((error: unknown, to) => {
    if (NO_SCRIPT.test(String(error))) void miss(to.fullPath)
  })
  // Parts that a page loads when they are wanted; those of pages come by the router as well, and then it decides.
  window.addEventListener('vite:preloadError', () => {
    setTimeout(() => {
      if (!isAsking && offered.value === null) void miss(null)
    })
  })
}
