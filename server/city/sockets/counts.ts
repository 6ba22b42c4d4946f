/** What the live plane has refused or ended, by kind and reason: `siteward_live_limits`. */
export type Kind = 'refused' | 'dropped'

const counts = new Map<string, { kind: Kind; reason: string; count: number }>()

/** Counts one handshake or subscription that was refused, or one connection that was dropped. */
export function note(kind: Kind, reason: string): void {
  const key = `${kind} ${reason}`
  const one = counts.get(key)
  if (one) one.count += 1
  else counts.set(key, { kind, reason, count: 1 })
}

/** All that was counted since the process began. */
export function counted(): readonly { kind: Kind; reason: string; count: number }[] {
  return [...counts.values()]
}
