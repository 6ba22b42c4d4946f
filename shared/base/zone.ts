/**
 * The time zone that the installation lives by: the one place that knows how far its clocks are from UTC. The server
 * sets it from the settings (`server/people/settings/`), a browser from what the server tells it.
 */

/** All of China officially lives by it. */
export const DEFAULT_ZONE = 'Asia/Shanghai'

const DAY = 86_400_000

let zone = DEFAULT_ZONE
let clock = clockOf(zone)
/** Offsets of whole UTC days within which clocks were not changed; null: they were. */
const offsets = new Map<number, number | null>()
/** More days than any page or query reckons with. */
const MOST_KEPT = 20_000

/** Its IANA name, as `at time zone` in SQL and `Intl` take it. */
export const zoneInForce = (): string => zone

/** Has every day and time of this process reckoned in a zone. @throws RangeError when there is none of that name */
export function liveBy(name: string): void {
  if (name === zone) return
  clock = clockOf(name)
  zone = name
  offsets.clear()
}

/** Whether there is a zone of that IANA name. */
export function isZone(name: string): boolean {
  try {
    clockOf(name)
    return /^[A-Z][\w+-]*(\/[\w+-]+)+$|^UTC$/.test(name)
  } catch {
    return false
  }
}

/** How far the installation's clocks are ahead of UTC at an instant (epoch ms), in ms. */
export function offsetAt(atMs: number): number {
  const day = Math.floor(atMs / DAY)
  let offset = offsets.get(day)
  if (offset === undefined) {
    const first = measured(day * DAY)
    offset = first === measured((day + 1) * DAY - 1) ? first : null
    if (offsets.size >= MOST_KEPT) offsets.clear()
    offsets.set(day, offset)
  }
  return offset ?? measured(atMs)
}

/** What the clocks show at an instant (epoch ms), as if it were UTC. */
export const wallOf = (atMs: number): number => atMs + offsetAt(atMs)

/**
 * The instant (epoch ms) at which the clocks show `wallMs`, which is written as if it were UTC. Of a time that comes
 * twice, when clocks are set back, the first; of one that is left out, the instant at which they are set forward, or as
 * far after it.
 */
export function instantOf(wallMs: number): number {
  const early = wallMs - offsetAt(wallMs - DAY)
  const late = wallMs - offsetAt(wallMs + DAY)
  const [first, second] = early < late ? [early, late] : [late, early]
  if (wallOf(first) === wallMs) return first
  return wallOf(second) === wallMs ? second : early
}

function clockOf(name: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}

function measured(atMs: number): number {
  const at = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of clock.formatToParts(atMs)) {
    if (type in at) at[type as keyof typeof at] = Number(value)
  }
  const wall = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second)
  return wall - Math.floor(atMs / 1_000) * 1_000
}
