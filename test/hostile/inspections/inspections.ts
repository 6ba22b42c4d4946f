import { atOnce, inSlices } from '../../../server/base/slices.ts'
import { lookForHidden } from '../../../server/monitor/inspections/content/hidden-links.ts'
import { inspectorPool } from '../../../server/monitor/inspections/crawl/pool.ts'
import { parsedOnce } from '../../../server/monitor/inspections/page/once.ts'
import type { Retrieved, SiteFacts } from '../../../server/monitor/inspections/rule.ts'
import { type Book, buildBook } from '../../../server/monitor/wrong-words/book.ts'
import { liveBy } from '../../../shared/base/zone.ts'
import { MOST_WORDS } from '../../../shared/monitor/wrong-words/wrong-words-rules.ts'
import { atMost, type Figure, told } from '../../bench/figure.ts'
import { LoopWatch } from '../loop.ts'
import { FLOODS } from '../pages/floods.ts'
import type { HostileOptions } from '../part.ts'
import { BOMBS } from './bombs.ts'
import { STRANGE_PAGES } from './strange-pages.ts'

const MB = 2 ** 20
/** What a file may take beyond what is there at rest: the thread's own memory, and what it reads from. */
const MOST_MB = 800

const SITE = {
  ...{ siteId: 1, name: '某局', url: 'http://www.x.gov.cn/', unitName: '某局', districtName: '某区' },
  ...{ code: null, icp: null, police: null, isPortal: false, platform: null, today: '2026-03-09' },
} satisfies Omit<SiteFacts, 'given'>

/** A dictionary as large as one may be, of words that begin and end alike. */
function largestBook(): Book {
  const signs = [...'政府工作会议通知公告']
  const words = Array.from({ length: MOST_WORDS }, (_, id) => ({
    ...{ id, kind: 'other' as const, right: '正', near: [], apart: [], refused: [] },
    wrong: [...String(id).padStart(6, '0')].map((digit) => signs[Number(digit)]).join(''),
  }))
  return atOnce(buildBook('1', words))
}

const pageOf = (bytes: Uint8Array, change: Partial<Retrieved> = {}): Retrieved => ({
  ...{ siteId: 1, url: 'http://www.x.gov.cn/a.html', finalUrl: 'http://www.x.gov.cn/a.html', depth: 1 },
  ...{ kind: 'page', status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, bytes },
  isCut: false,
  ...change,
})

/** Pages and files that are made to take a machine's time and memory, looked at by every rule. */
export async function hostileInspections({ say }: HostileOptions): Promise<Figure[]> {
  liveBy('Asia/Shanghai')
  const site: SiteFacts = { ...SITE, given: { wrongWords: largestBook() } }
  const pool = inspectorPool({ log: { error: () => {} } })
  const took: { name: string; ms: number; isEnded: boolean; mb: number }[] = []
  const look = async (name: string, page: Retrieved) => {
    const before = process.memoryUsage.rss()
    let peak = before
    const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
    const began = performance.now()
    const isEnded = await pool.look({ page, site, links: 1_500 }).then(
      () => false,
      () => true,
    )
    clearInterval(timer)
    const one = { name, ms: performance.now() - began, isEnded, mb: (peak - before) / MB }
    took.push(one)
    say(`${name}: ${one.ms.toFixed(0)} ms, ${one.mb.toFixed(0)} MB${isEnded ? ', GIVEN UP' : ''}`)
  }
  const pages = { ...FLOODS, ...STRANGE_PAGES }
  try {
    for (const [name, make] of Object.entries(pages)) await look(name, pageOf(Buffer.from(make())))
    const ofPages = took.splice(0)
    for (const [name, make] of Object.entries(BOMBS)) {
      const [called, bytes] = await make()
      const url = `http://www.x.gov.cn/${called}`
      const headers = { 'content-type': called.endsWith('.csv') ? 'text/csv' : 'application/octet-stream' }
      await look(name, pageOf(bytes, { url, finalUrl: url, kind: 'file', headers }))
    }
    await look('a page of nothing', pageOf(Buffer.from('<html>')))
    const isWell = took.pop()?.isEnded === false
    const longest = (all: typeof took) => Math.max(...all.map(({ ms }) => ms))
    const block = await besideOthers(pages)
    return [
      told('hostile pages, looked at by every rule with a dictionary of 100,000 words', ofPages.length, ''),
      atMost('… given up', ofPages.filter(({ isEnded }) => isEnded).length, 0, ''),
      told('… longest', longest(ofPages), 'ms'),
      atMost('… longest block of the loop, where one is read beside everybody else', block, 100, 'ms', 1),
      told('hostile files', took.length, ''),
      told('… given up', took.filter(({ isEnded }) => isEnded).length, ''),
      told('… longest', longest(took), 'ms'),
      atMost('… most memory of one above rest', Math.max(...took.map(({ mb }) => mb)), MOST_MB, 'MB'),
      atMost('… after which no page is looked at any more', isWell ? 0 : 1, 0, ''),
    ]
  } finally {
    await pool.close()
  }
}

/** What rules of sites do with a home page, which share a thread with all others. @returns ms of work in one piece */
async function besideOthers(pages: Readonly<Record<string, () => string>>): Promise<number> {
  let longest = 0
  for (const make of Object.values(pages)) {
    const page = pageOf(Buffer.from(make()))
    const watch = new LoopWatch()
    await inSlices(lookForHidden(page, await parsedOnce(page), SITE))
    longest = Math.max(longest, watch.stop().cpuMs)
  }
  return longest
}
