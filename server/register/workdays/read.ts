import { parse } from 'csv-parse/sync'
import { dayOf, type ReadDay, stretch } from './days.ts'
import { readIcs } from './ics.ts'
export interface ReadFile {
  readonly source: 'csv' | 'json' | 'ics'
  readonly days: readonly ReadDay[]
  /** What cannot be read, each with its line or place. */
  readonly unreadable: readonly string[]
}

/** Reads a file of holidays and make-up working days: iCalendar, JSON or CSV, told by its content. */
export function readFile(text: string): ReadFile {
  const plain = text.replace(/^\uFEFF/, '')
  const first = plain.trimStart()
  if (first.startsWith('BEGIN:VCALENDAR')) return { source: 'ics', ...readIcs(plain) }
  if (first.startsWith('{') || first.startsWith('[')) return { source: 'json', ...readJson(plain) }
  return { source: 'csv', ...readCsv(plain) }
}

type Read = Omit<ReadFile, 'source'>

/** Days off have many names, and so have those that are worked. */
const OFF = /^(off|holiday|true|休|休息|放假|节假日|假日|假)/i
const WORKED = /^(work|workday|false|班|上班|补班|调休上班|工作日)/i

/** @returns null when it is neither. */
export function kindOf(word: string): boolean | null {
  if (WORKED.test(word.trim())) return false
  return OFF.test(word.trim()) ? true : null
}

/** Lines of `day, kind` or `from, to, kind`, in any order of columns that a header names; a name may follow. */
function readCsv(text: string): Read {
  const days: ReadDay[] = []
  const unreadable: string[] = []
  let rows: string[][]
  try {
    rows = parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: [',', ';', '\t'],
    })
  } catch {
    return { days, unreadable: ['CSV'] }
  }
  for (const [index, cells] of rows.entries()) {
    const dates = cells.flatMap((cell) => dayOf(cell) ?? [])
    const kind = cells.map(kindOf).find((one) => one !== null)
    const [from, to = from] = dates
    const found = kind === undefined || kind === null ? null : stretch(from ?? null, to ?? null)
    if (found && kind !== undefined && kind !== null) days.push(...found.map((day) => ({ day, isOff: kind })))
    else if (index > 0 || dates.length > 0) unreadable.push(`${index + 1}: ${cells.join(',').slice(0, 80)}`)
  }
  return { days, unreadable }
}

/**
 * The shapes in which such calendars are published: `{days: [{date, isOffDay}]}` (holiday-cn), `{holidays, workdays}`
 * as objects or lists of days (chinese-days), and `{off, worked}`.
 */
function readJson(text: string): Read {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return { days: [], unreadable: ['JSON'] }
  }
  const list = Array.isArray(data) ? data : fieldOf(data, 'days')
  if (Array.isArray(list)) return gather(list.map((one) => [fieldOf(one, 'date'), fieldOf(one, 'isOffDay')]))
  const off = fieldOf(data, 'off') ?? fieldOf(data, 'holidays')
  const worked = fieldOf(data, 'worked') ?? fieldOf(data, 'workdays')
  if (off === undefined) return { days: [], unreadable: ['JSON'] }
  return gather([
    ...keysOf(off).map((day): [unknown, unknown] => [day, true]),
    ...keysOf(worked).map((day): [unknown, unknown] => [day, false]),
  ])
}

function gather(pairs: readonly (readonly unknown[])[]): Read {
  const days: ReadDay[] = []
  const unreadable: string[] = []
  for (const [date, isOff] of pairs) {
    const day = typeof date === 'string' ? dayOf(date) : null
    if (day !== null && typeof isOff === 'boolean') days.push({ day, isOff })
    else unreadable.push(String(date).slice(0, 80))
  }
  return { days, unreadable }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function keysOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
