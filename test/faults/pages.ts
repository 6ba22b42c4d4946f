import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../../shared/base/time.ts'
import { atMost } from '../bench/figure.ts'
import { type Behaviour, hang, reset, slow } from '../support/registers/sites.ts'
import type { FaultPart } from './part.ts'
import { Place } from './place.ts'

const LONG_MS = 60 * SECOND

/** So deep and so long that reading it takes seconds: three megabytes of lists within lists with dates that lead nowhere. */
const heavy: Behaviour = (_req, res) => {
  const item = `<ul><li><a href="/a/${'x'.repeat(40)}.html">关于2026年3月9日会议的通知</a><span>2026-03-09</span>`
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  res.end(`<html><body>${item.repeat(Math.floor(2_900_000 / Buffer.byteLength(item)))}</body></html>`)
}

/** An answer that breaks off, one that never ends, and bytes that are no page at all. */
const broken: Behaviour = (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': '900000' })
  res.write('<html><body><ul>'.repeat(500))
  setTimeout(() => res.destroy(), 200)
}
const trickle: Behaviour = (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/html' })
  const timer = setInterval(() => res.write('<p>'), 300)
  res.once('close', () => clearInterval(timer))
}
const noise: Behaviour = (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/html; charset=gb2312' })
  res.end(Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256)))
}

/** Sites that hang, break off, trickle, take seconds to be read or are noise: the others are visited all the same. */
export const pages: FaultPart = async () => {
  const place = await Place.open()
  const { sites, labels } = place.city
  const bad = [hang, reset, broken, trickle, noise, heavy, heavy, slow(12 * SECOND)]
  for (const [index, behaviour] of bad.entries()) sites.set(labels[30 + index] ?? '', behaviour)
  const well = labels.slice(40)
  const before = well.map((label) => sites.visits(label))
  await sleep(LONG_MS)
  const least = Math.min(...well.map((label, index) => sites.visits(label) - (before[index] ?? 0)))
  for (const index of bad.keys()) sites.set(labels[30 + index] ?? '')
  await place.settle()
  return [
    ...(await place.close('pages that hang, break off, trickle or take long to read')),
    atMost('… turns of a minute that a well site missed, of 12', 12 - least, 3, ''),
  ]
}
