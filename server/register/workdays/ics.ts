import { addDays } from '../../../shared/base/time.ts'
import { dayOf, type ReadDay, stretch } from './days.ts'

/**
 * The whole days of an iCalendar file (RFC 5545). Whether a day is worked stands in its summary, as the published
 * calendars of Chinese holidays have it: 「国庆节 补班」, 「国庆节（班）」, else it is off.
 */
export function readIcs(text: string): { days: ReadDay[]; unreadable: string[] } {
  const days: ReadDay[] = []
  const unreadable: string[] = []
  // Long lines go on in the next one, behind a blank.
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  let event: Map<string, string> | null = null
  for (const line of lines) {
    if (line === 'BEGIN:VEVENT') event = new Map()
    else if (line === 'END:VEVENT' && event) {
      const read = daysOf(event)
      if (read) days.push(...read)
      else
        unreadable.push(
          `VEVENT ${event.get('DTSTART') ?? ''} ${event.get('SUMMARY') ?? ''}`.trim().slice(0, 80),
        )
      event = null
    } else if (event) {
      const [name = '', value = ''] = split(line)
      event.set(name, value)
    }
  }
  return { days, unreadable }
}

/** The name without its parameters, and the value. */
function split(line: string): [string, string] {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon).split(';')[0] ?? ''
  return [name.toUpperCase(), line.slice(colon + 1)]
}

/** The end of a whole-day event is the day after its last one. */
function daysOf(event: ReadonlyMap<string, string>): ReadDay[] | null {
  const from = dayOf((event.get('DTSTART') ?? '').slice(0, 8))
  const end = event.get('DTEND')
  const after = end === undefined ? null : dayOf(end.slice(0, 8))
  if (from === null || event.has('RRULE')) return null
  const to = after === null || after <= from ? from : addDays(after, -1)
  const isOff = !/班|work/i.test(event.get('SUMMARY') ?? '')
  return stretch(from, to)?.map((day) => ({ day, isOff })) ?? null
}
