import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { connect } from '../../../server/base/db/connect.ts'
import { migrate } from '../../../server/base/db/migrate.ts'
import { inspectorPool } from '../../../server/monitor/inspections/crawl/pool.ts'
import { runSlice, type ScanParts } from '../../../server/monitor/links/scan.ts'
import { startScan } from '../../../server/monitor/links/service.ts'
import { createProber } from '../../../server/monitor/visit/visit.ts'
import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { testContext } from '../../support/context.ts'
import { startPostgres } from '../../support/databases/postgres-server.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import { atMost, type Figure, told } from '../figure.ts'

const PAGES = 2_000
const KILLED_AT = 700
const SITES = 640
const NIGHT_H = 6

/** A page as sites have them, of about 40 KB, with links to others of its site. */
function pageOf(n: number): string {
  const links = Array.from({ length: 60 }, (_, k) => (n * 60 + k + 1) % PAGES)
  const items = links.map(
    (to) =>
      `<li><a href="/p/${to}.html" title="通知公告第${to}号">关于做好第${to}号通知有关工作的公告</a><span>2026-03-0${1 + (to % 9)}</span></li>`,
  )
  const text = `<p style="text-indent:2em">${'请各有关单位结合工作实际认真贯彻落实，并将情况按时报送。'.repeat(8)}</p>`
  return `<html><head><title>第${n}页 - 某区人民政府</title><style>.nav li ul{display:none}.a{color:#333}</style></head><body><ul>${items.join('\n')}</ul>${text.repeat(30)}</body></html>`
}

/** A site of 2,000 pages is looked through, and killed in between: how often each page is asked for, and what a page costs. */
export async function benchCrawl(): Promise<Figure[]> {
  const asked = new Map<string, number>()
  const server = createServer((req, res) => {
    const path = req.url ?? '/'
    asked.set(path, (asked.get(path) ?? 0) + 1)
    const n = path === '/' ? 0 : Number(/^\/p\/(\d+)\.html$/.exec(path)?.[1] ?? Number.NaN)
    res.writeHead(Number.isNaN(n) ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
    res.end(Number.isNaN(n) ? '' : pageOf(n))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const postgres = await startPostgres()
  const { db, close } = await connect({ databaseUrl: postgres.url(), dataDir: '' })
  const inspector = inspectorPool({ log: pino({ level: 'silent' }) })
  const prober = createProber({ userAgent: 'bench', allowAddresses: ['127.0.0.0/8'] })
  try {
    await migrate(db)
    const ctx = testContext({ db })
    const people = await makePeople(db)
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const site = await makeSite(db, { url, unit_id: people.unitId })
    const settings = { depth: 8, pages: PAGES, links: 20_000, delayMs: 100 }
    const { id } = await startScan(ctx, people.duty, site.id, settings)
    let waits = 0
    const killed = Object.assign(new Error('killed'), { code: 'ECONNRESET' })
    const parts: ScanParts = {
      ...{ ctx, proberFor: () => prober, inspector, signal: new AbortController().signal },
      wait: async () => {
        if (++waits === KILLED_AT) throw killed
      },
    }
    const before = process.cpuUsage()
    await runSlice(parts, id, HOUR).catch(() => {})
    ctx.clock.advance(3 * MINUTE)
    for (let again: number | null = 0; again !== null; ) {
      ctx.clock.advance(again)
      again = await runSlice(parts, id, HOUR)
    }
    const { user, system } = process.cpuUsage(before)
    const pages = [...asked].filter(([path]) => path === '/' || path.startsWith('/p/'))
    const most = Math.max(...pages.map(([, n]) => n))
    const perPage = (user + system) / 1_000 / pages.length
    const cores = (SITES * MACHINE.crawl.pages * perPage) / (NIGHT_H * HOUR)
    return [
      told('pages of a site of 2,000 that a look has read', pages.length, ''),
      atMost('… most requests for one page, the look being killed in between', most, 1, ''),
      atMost('… CPU a page, every rule and storing included', perPage, 25, 'ms', 1),
      atMost(
        `${SITES} sites by night, ${MACHINE.crawl.pages} pages each, in ${NIGHT_H} h`,
        cores,
        1,
        'cores',
        2,
      ),
    ]
  } finally {
    prober.close()
    await inspector.close()
    await close()
    server.close()
  }
}
