import { domainToUnicode } from 'node:url'
import { parse } from 'tldts'
import { foldText } from './words/words.ts'

/** What somebody has registered of a host's name (`example.com.cn`); an address, or a name without one, is its own. */
export function domainOf(host: string): string {
  const { domain, isIp } = parse(host, { allowPrivateDomains: true })
  return isIp || !domain ? host : domain
}

/** The host of a web address, without port, as it is asked for; null for none. */
export function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { hostname, protocol } = new URL(url)
  return /^https?:$/.test(protocol) && hostname !== '' ? hostname.replace(/\.$/, '') : null
}

/** The same but for `www.`. */
export const bareHost = (host: string): string => host.replace(/^www\./, '')

const HAN = /^[\p{Script=Han}\p{Script=Common}a-z0-9.-]+$/u

/**
 * A host as people read it. A name of Chinese characters is shown as such; one in letters of other scripts, which may pass for somebody
 * else's, is shown as it is asked for, with the name that it resembles.
 */
export function shownHost(host: string): { text: string; resembles: string | null } {
  const read = domainToUnicode(host)
  if (read === '' || read === host) return { text: host, resembles: null }
  if (HAN.test(read)) return { text: read, resembles: null }
  const meant = foldText(read)
  return { text: host, resembles: /^[a-z0-9.-]+$/.test(meant) ? meant : read }
}
