import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { readPage } from '../../server/monitor/read/read.ts'
import '../../server/monitor/verdicts/in-force.ts'
import { latin } from '../../vite.latin.ts'
import { hasLabelledPages, LABELLED_PAGES } from '../monitor/read/own-pages/labelled-pages.ts'
import { ROOT } from '../support/product/product.ts'

const TARGETS = { home: 95, list: 98, article: 98 }

interface Labelled {
  file: string
  kind: keyof typeof TARGETS
  gold: string | null
  ref: string
}

interface Row {
  name: string
  value: string
  target: string
}

/**
 * How often the freshness reader is right, on the labelled pages where they are at hand, and what a page costs.
 * Nothing is fitted to the pages: leaving one site out changes no rule, so beside the total stands the worst
 * single site.
 */
export async function benchFreshness(): Promise<Row[]> {
  const rows = hasLabelledPages
    ? (JSON.parse(readFileSync(`${LABELLED_PAGES}manifest.json`, 'utf8')) as Labelled[])
    : []
  return [...accuracy(rows), ...(await cost())]
}

function accuracy(rows: Labelled[]): Row[] {
  if (rows.length === 0) return [{ name: 'newest date right', value: 'labelled pages absent', target: '' }]
  const dated = rows.filter(({ gold }) => gold !== null)
  const undated = rows.filter(({ gold }) => gold === null)
  return [
    ...Object.entries(TARGETS).map(([kind, target]) => ({
      name: `newest date right, ${kind} pages`,
      value: share(dated.filter((row) => row.kind === kind)),
      target: `≥ ${target} %`,
    })),
    { name: 'undated pages said to be undated', value: share(undated), target: '100 %' },
    { name: 'newest date right, worst single site', value: worstSite(dated), target: '' },
  ]
}

function isRight({ file, kind, gold, ref }: Labelled): boolean {
  return readPage({ bytes: readFileSync(`${LABELLED_PAGES}${file}`), kind, ref }).newest === gold
}

function share(rows: Labelled[]): string {
  const right = rows.filter(isRight).length
  return `${((100 * right) / rows.length).toFixed(1)} % (${right} of ${rows.length})`
}

function worstSite(rows: Labelled[]): string {
  const sites = [...new Set(rows.map(siteOf))]
  const shares = sites.map((site) => {
    const pages = rows.filter((row) => siteOf(row) === site)
    return pages.filter(isRight).length / pages.length
  })
  return `${(100 * Math.min(...shares)).toFixed(1)} % (${sites.length} sites)`
}

function siteOf({ file }: Labelled): string {
  return file.split('/')[0] ?? ''
}

/** What a page costs, built as the product is: from source, each function is given its name again as often as it is made. */
async function cost(): Promise<Row[]> {
  const outDir = join(ROOT, 'node_modules/.bench')
  const ssr = fileURLToPath(new URL('./reader/cost.ts', import.meta.url))
  await build({
    ...{ configFile: false, publicDir: false, logLevel: 'warn', plugins: [latin()] },
    build: { ssr, outDir, target: 'node20', rollupOptions: { output: { entryFileNames: 'cost.js' } } },
  })
  const said = execFileSync(process.execPath, [join(outDir, 'cost.js')], { encoding: 'utf8' })
  const { home, big } = JSON.parse(said) as { home: number; big: number }
  return [
    {
      name: 'CPU for a home page of 60 KB, median',
      value: `${home.toFixed(2)} ms`,
      target: '≤ 2.5 ms',
    },
    { name: 'CPU for a page of 1 MB, median', value: `${big.toFixed(0)} ms`, target: '≤ 100 ms' },
  ]
}
