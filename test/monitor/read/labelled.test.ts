import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readPage } from '../../../server/monitor/read/read.ts'
import { hasLabelledPages, LABELLED_PAGES } from './own-pages/labelled-pages.ts'

const TARGETS = { home: 0.95, list: 0.98, article: 0.98 }

interface Labelled {
  file: string
  kind: keyof typeof TARGETS
  gold: string | null
  ref: string
  bytes_are?: string
}

if (!hasLabelledPages) console.log('labelled pages: material absent, skipped')

function load(name: string): Labelled[] {
  return JSON.parse(readFileSync(`${LABELLED_PAGES}${name}`, 'utf8')) as Labelled[]
}

function answer({ file, kind, ref }: Labelled) {
  return readPage({ bytes: readFileSync(`${LABELLED_PAGES}${file}`), kind, ref })
}

describe.skipIf(!hasLabelledPages)('pages a person has labelled', () => {
  test.each(Object.entries(TARGETS))('%s pages: at least %d of the dates are right', (kind, target) => {
    const rows = load('manifest.json').filter((row) => row.kind === kind && row.gold !== null)
    const wrong = rows.filter((row) => answer(row).newest !== row.gold)
    const share = 1 - wrong.length / rows.length
    console.log(`${kind}: ${rows.length - wrong.length} of ${rows.length} (${(100 * share).toFixed(1)} %)`)
    expect(share, `wrong: ${wrong.map(({ file }) => file).join(', ')}`).toBeGreaterThanOrEqual(target)
  })

  test('a dated article names no address: the link that stands nearest is not its own', () => {
    for (const row of load('manifest.json').filter(({ kind }) => kind === 'article')) {
      expect(answer(row).evidence?.href, row.file).toBeUndefined()
    }
  })

  test('pages without a date are undated, always', () => {
    const rows = load('manifest.json').filter(({ gold }) => gold === null)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(answer(row), row.file).toMatchObject({ outcome: 'undated', newest: null })
  })

  test('every encoding is told by its bytes, whatever the page claims', () => {
    const rows = load('encodings.json')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(answer(row), row.file).toMatchObject({ newest: row.gold, encoding: row.bytes_are })
    }
  })

  test('no answer is later than its reference day, even on a day long before the page', () => {
    for (const row of load('manifest.json')) {
      const found = answer({ ...row, ref: '2018-06-15' })
      expect(found.newest === null || found.newest <= '2018-06-15', row.file).toBe(true)
    }
  })
})
