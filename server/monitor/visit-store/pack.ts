import { HOUR } from '../../../shared/base/time.ts'
import { ByteReader, ByteWriter, CorruptPack } from './bytes.ts'

/** A visit as it was stored; times in ms. */
export interface StoredVisit {
  readonly atMs: number
  /** 0 ok, 1 failed, 2 blocked. */
  readonly outcome: number
  readonly cause: string | null
  readonly status: number | null
  readonly extra: boolean
  readonly excluded: boolean
  readonly dnsMs: number | null
  readonly connectMs: number | null
  readonly tlsMs: number | null
  readonly ttfbMs: number | null
  readonly totalMs: number | null
  readonly bytes: number
}

/** Sums of the spaced visits of one hour. */
export interface HourSums {
  readonly hourMs: number
  readonly total: number
  readonly failed: number
  readonly excluded: number
  readonly okMsSum: number
  readonly maxMs: number
}

/** First in each pack, so that a later form can be told from this one. */
const VERSION = 1
/** More visits of one site in a day than any interval allows. */
const MAX_ROWS = 1_000_000

/**
 * Packs visits of one site, column by column. What comes back is what was stored, but for two roundings that lose
 * nothing of what the monitor measures: instants to the millisecond, durations to a tenth of one (as
 * `shared/monitor/visit/probes.ts` has them).
 * @param startMs an instant near them, such as the beginning of their day; needed again to unpack them.
 */
export function packVisits(startMs: number, visits: readonly StoredVisit[]): Buffer {
  const writer = new ByteWriter()
  writer.uint(VERSION)
  writer.uint(visits.length)
  const causes = [...new Set(visits.flatMap(({ cause }) => cause ?? []))]
  writer.uint(causes.length)
  for (const cause of causes) writer.text(cause)
  writeTimes(
    writer,
    visits.map(({ atMs }) => Math.round(atMs) - startMs),
  )
  writer.column(visits.map(({ outcome }) => outcome))
  writer.column(visits.map(({ cause }) => (cause === null ? 0 : causes.indexOf(cause) + 1)))
  writer.column(visits.map(({ status }) => fromNullable(status)))
  writer.column(visits.map(({ extra, excluded }) => (extra ? 1 : 0) + (excluded ? 2 : 0)))
  writer.column(visits.map(({ dnsMs }) => fromNullable(tenths(dnsMs))))
  writer.column(visits.map(({ connectMs }) => fromNullable(tenths(connectMs))))
  writer.column(visits.map(({ tlsMs }) => fromNullable(tenths(tlsMs))))
  writer.column(visits.map(({ ttfbMs }) => fromNullable(tenths(ttfbMs))))
  // The body comes after the first byte: how much later is the smaller number.
  writer.column(visits.map(({ ttfbMs, totalMs }) => fromNullable(less(tenths(totalMs), tenths(ttfbMs)))))
  writer.column(visits.map(({ bytes }) => bytes))
  return writer.seal()
}

/** @throws CorruptPack when these are not bytes that `packVisits` made. */
export function unpackVisits(startMs: number, packed: Uint8Array): StoredVisit[] {
  const reader = new ByteReader(packed)
  const rows = readHead(reader)
  const causes = Array.from({ length: atMost(reader.uint(), MAX_ROWS) }, () => reader.text())
  const times = readTimes(reader, rows)
  const [outcome, cause, status, flags, dns, connect, tls, ttfb, body, bytes] = Array.from(
    { length: 10 },
    () => reader.column(rows),
  ) as [number[], ...number[][]]
  reader.end()
  const at = (column: number[] | undefined, row: number) => column?.[row] ?? 0
  return outcome.map((code, row) => {
    const ttfbTenths = toNullable(at(ttfb, row))
    return {
      atMs: startMs + at(times, row),
      outcome: code,
      cause: at(cause, row) === 0 ? null : (causes[at(cause, row) - 1] ?? unknownCause()),
      status: toNullable(at(status, row)),
      extra: (at(flags, row) & 1) !== 0,
      excluded: (at(flags, row) & 2) !== 0,
      dnsMs: ms(toNullable(at(dns, row))),
      connectMs: ms(toNullable(at(connect, row))),
      tlsMs: ms(toNullable(at(tls, row))),
      ttfbMs: ms(ttfbTenths),
      totalMs: ms(more(toNullable(at(body, row)), ttfbTenths)),
      bytes: at(bytes, row),
    }
  })
}

/** Of a visit what it counts for. */
export type VisitMark = Pick<StoredVisit, 'atMs' | 'outcome' | 'extra' | 'excluded'>

/**
 * Of packed visits only what they count for, without the rest: V1 asks for it over and over.
 * @throws CorruptPack when these are not bytes that `packVisits` made.
 */
export function unpackMarks(startMs: number, packed: Uint8Array): VisitMark[] {
  const reader = new ByteReader(packed)
  const rows = readHead(reader)
  for (let causes = atMost(reader.uint(), MAX_ROWS); causes > 0; causes--) reader.text()
  const times = readTimes(reader, rows)
  const [outcomes, _causes, _statuses, flags] = Array.from({ length: 4 }, () => reader.column(rows))
  return times.map((time, row) => ({
    atMs: startMs + time,
    outcome: outcomes?.[row] ?? 0,
    extra: ((flags?.[row] ?? 0) & 1) !== 0,
    excluded: ((flags?.[row] ?? 0) & 2) !== 0,
  }))
}

/**
 * Packs the hours of one site that begin in the 24 hours from `startMs`, each at most once, oldest first. Counts come
 * back as they were, sums of milliseconds to a tenth.
 */
export function packHours(startMs: number, hours: readonly HourSums[]): Buffer {
  const writer = new ByteWriter()
  writer.uint(VERSION)
  writer.uint(hours.length)
  writer.uint(hours.reduce((mask, { hourMs }) => mask + 2 ** ((hourMs - startMs) / HOUR), 0))
  writer.column(hours.map(({ total }) => total))
  writer.column(hours.map(({ failed }) => failed))
  writer.column(hours.map(({ excluded }) => excluded))
  writer.column(hours.map(({ okMsSum }) => Math.round(okMsSum * 10)))
  writer.column(hours.map(({ maxMs }) => Math.round(maxMs * 10)))
  return writer.seal()
}

/** @throws CorruptPack when these are not bytes that `packHours` made. */
export function unpackHours(startMs: number, packed: Uint8Array): HourSums[] {
  const reader = new ByteReader(packed)
  const rows = readHead(reader)
  const mask = reader.uint()
  const starts = Array.from({ length: 24 }, (_, hour) => hour).filter(
    (hour) => Math.floor(mask / 2 ** hour) % 2 === 1,
  )
  if (starts.length !== rows) throw new CorruptPack('its hours are not those it tells of')
  const [total, failed, excluded, okTenths, maxTenths] = Array.from({ length: 5 }, () => reader.column(rows))
  reader.end()
  return starts.map((hour, row) => ({
    hourMs: startMs + hour * HOUR,
    total: total?.[row] ?? 0,
    failed: failed?.[row] ?? 0,
    excluded: excluded?.[row] ?? 0,
    okMsSum: (okTenths?.[row] ?? 0) / 10,
    maxMs: (maxTenths?.[row] ?? 0) / 10,
  }))
}

function readHead(reader: ByteReader): number {
  const version = reader.uint()
  if (version !== VERSION)
    throw new CorruptPack(`it is of version ${version}, which this program does not know`)
  return atMost(reader.uint(), MAX_ROWS)
}

/** Visits come at an even pace: the pace once, and how far each is off. */
function writeTimes(writer: ByteWriter, times: readonly number[]): void {
  const steps = times.map((time, row) => time - (times[row - 1] ?? 0)).slice(1)
  const pace = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0
  writer.int(pace)
  writer.column(times.map((time, row) => time - row * pace))
}

function readTimes(reader: ByteReader, rows: number): number[] {
  const pace = reader.int()
  return reader.column(rows).map((off, row) => off + row * pace)
}

function atMost(count: number, most: number): number {
  if (count > most) throw new CorruptPack(`it tells of ${count} rows`)
  return count
}

function unknownCause(): never {
  throw new CorruptPack('a visit failed for a cause that is not there')
}

const tenths = (value: number | null): number | null => (value === null ? null : Math.round(value * 10))
const ms = (value: number | null): number | null => (value === null ? null : value / 10)
const less = (a: number | null, b: number | null): number | null => (a === null ? null : a - (b ?? 0))
const more = (a: number | null, b: number | null): number | null => (a === null ? null : a + (b ?? 0))

/** Null is 0; 0 and up are odd, below 0 even. */
function fromNullable(value: number | null): number {
  if (value === null) return 0
  return value < 0 ? -2 * value : 2 * value + 1
}

function toNullable(value: number): number | null {
  if (value === 0) return null
  return value % 2 === 1 ? (value - 1) / 2 : -value / 2
}
