import { type ComputedRef, computed } from 'vue'
import { isZone } from '../../../shared/base/zone.ts'
import { minute } from '../../base/ui/controls/minute.ts'

export interface NamedZone {
  /** IANA name. */
  readonly id: string
  readonly name: string
  /** Ahead of UTC now, such as `+08:00`. */
  readonly offset: string
}

const MOST = 60
/** Those that China lives by stand first; then names of today that browsers list by an older one only. */
const FIRST = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Hong_Kong', 'Asia/Macau', 'Asia/Taipei']
const OF_TODAY = ['Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Yangon', 'Asia/Ho_Chi_Minh', 'Europe/Kyiv']
const names = [
  ...new Set([...FIRST, ...OF_TODAY.filter(isZone), ...Intl.supportedValuesOf('timeZone'), 'UTC']),
]

/** Zones by a part of their name. */
export function findZones(text: string): NamedZone[] {
  const wanted = plain(text)
  return names
    .filter((name) => plain(name).includes(wanted))
    .slice(0, MOST)
    .map((name) => ({ id: name, name, offset: offsetOf(name, Date.now()) }))
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '')

function offsetOf(zone: string, atMs: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    atMs,
  )
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00'
}

/** What time it is there; null of no zone. */
export function useZoneNow(zone: () => string | null): ComputedRef<{ time: string; offset: string } | null> {
  return computed(() => {
    const timeZone = zone()
    if (timeZone === null) return null
    const clock = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    return { time: clock.format(minute.value), offset: offsetOf(timeZone, minute.value) }
  })
}
