import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import {
  formatClock,
  formatMinute,
  formatMoment,
  formatSecond,
  formatTime,
} from '../../../web/base/ui/marks/format.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const FORMATS = [
  'shared/base/time.ts',
  'web/base/ui/marks/format.ts',
  // What a field of the browser takes.
  'web/base/ui/controls/wall-clock.ts',
  // What marks a term in the database; nobody sees it.
  'server/desk/rectifications/terms/due-facts.ts',
]
const CUT = String.raw`\.(?:slice|substring|substr)\(`
const CUTS = [
  new RegExp(String.raw`\b(?:format[A-Z]\w*|local[A-Z]\w*|toISOString)\((?:[^()]|\([^()]*\))*\)${CUT}`),
  // Of a time that was written before: its hour, its minute, its day.
  new RegExp(String.raw`${CUT}(?:5, 10|5, 16|11, 16|11, 19|0, 19)\)`),
]

it('each form of a time has a name: none is cut out of another', () => {
  const found = ['shared', 'server', 'web'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|vue)$/.test(file) && !FORMATS.includes(`${top}/${file}`))
      .flatMap((file) =>
        readFileSync(join(root, top, file), 'utf8')
          .split('\n')
          .filter((line) => CUTS.some((cut) => cut.test(line)))
          .map((line) => `${top}/${file}: ${line.trim()}`),
      ),
  )
  expect(found).toEqual([])
})

it.each([
  [formatTime, '2026-03-10 08:05:09'],
  [formatMinute, '2026-03-10 08:05'],
  [formatMoment, '03-10 08:05'],
  [formatSecond, '03-10 08:05:09'],
])('%o writes local time', (format, text) => {
  expect(format('2026-03-10T00:05:09.500Z')).toBe(text)
  expect(format(Date.parse('2026-03-10T00:05:09.500Z'))).toBe(text)
})

it('a clock shows the time of day', () => {
  expect(formatClock(Date.parse('2026-03-10T00:05:09Z'))).toBe('08:05:09')
})
