/*
 * Foreign hosts that sites link to (外链): who they are, where they lead, and whether somebody has taken them over. Plain types and
 * functions.
 */

/**
 * `hijacked`: betting, pornography and the like; `parked`: its domain is for sale; `dead`: its domain is registered no more, so that anybody
 * may buy it; `unopened`: it did not open, whyever; `moved`: it leads to another domain, and nothing is wrong there.
 */
export const HOST_STATES = ['hijacked', 'parked', 'dead', 'unopened', 'moved', 'fine', 'waiting'] as const
export type HostState = (typeof HOST_STATES)[number]

/** Those that an alert follows. */
export const BAD_STATES = ['hijacked', 'parked', 'dead'] as const
export type BadState = (typeof BAD_STATES)[number]
export const isBad = (state: HostState): state is BadState => BAD_STATES.some((one) => one === state)

/** How a page leads there. */
export const LINK_MANNERS = ['link', 'picture', 'frame', 'script'] as const
export type LinkManner = (typeof LINK_MANNERS)[number]
/** What such a host can put into the page of a site. */
export const isCode = (manner: LinkManner): boolean => manner === 'frame' || manner === 'script'

/** How grave trouble with a host is. */
export type HostSeverity = 'critical' | 'major' | 'minor'

/** How grave that is. Whoever owns a host that scripts or frames come from writes on the page of a site. */
export function hostSeverity(state: HostState, hasCode: boolean): HostSeverity | null {
  if (!isBad(state)) return null
  if (state === 'hijacked' || hasCode) return 'critical'
  return state === 'parked' ? 'major' : 'minor'
}
