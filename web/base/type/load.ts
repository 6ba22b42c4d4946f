import rest from '@fontsource-variable/noto-sans-sc/index.css?url'
import './latin.css'
import './siteward-sc.css'

/** What rare characters are drawn with is asked for so much later, and again when it could not be had. */
const REST_MS = 2_000
const AGAIN_MS = 60_000

/**
 * Chinese type, of which a browser fetches nothing where the system has its own: what screens need first in one file, with
 * the styles of this module; the rest by the slice, a hundred rules that no first screen has to wait for.
 */
export function loadType(waitMs = REST_MS): void {
  setTimeout(() => {
    const link = document.createElement('link')
    Object.assign(link, { rel: 'stylesheet', href: rest, crossOrigin: '' })
    link.onerror = () => {
      link.remove()
      loadType(AGAIN_MS)
    }
    document.head.append(link)
  }, waitMs)
}
