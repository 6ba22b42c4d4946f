import { readFileSync } from 'node:fs'
import { readPage } from '../../server/monitor/read/read.ts'
import { hasLabelledPages, LABELLED_PAGES } from '../monitor/read/own-pages/labelled-pages.ts'

const TARGETS = { home: 95, list: 98, article: 98 }
const HOME_BYTES = 60_000

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
  return [...accuracy(rows), ...cost()]
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

function cost(): Row[] {
  const home = Buffer.from(homePage(HOME_BYTES))
  const big = Buffer.from(homePage(1_000_000))
  return [
    {
      name: 'CPU for a home page of 60 KB, median',
      value: `${median(home, 40, 10).toFixed(2)} ms`,
      target: '≤ 3 ms',
    },
    {
      name: 'CPU for a page of 1 MB, median',
      value: `${median(big, 10, 1).toFixed(0)} ms`,
      target: '≤ 100 ms',
    },
  ]
}

/** A home page of the usual make: styles, scripts, menus, lists of eight dated items, a picture for each list. */
function homePage(bytes: number): string {
  const menu =
    '<li class="nav-item"><a href="/zwgk/index.html" target="_blank" title="政务公开">政务公开</a></li>\n'
  const script = `<script>$(function(){$(".slide").superSlide({titCell:".hd li",mainCell:".bd"})});</script>\n`
  let body = `<html><head><meta charset="utf-8"><title>某某县人民政府</title><style>${'.box li{color:#333}\n'.repeat(200)}</style></head><body><ul>${menu.repeat(80)}</ul>`
  for (let i = 0; body.length < bytes * CHARACTERS_PER_BYTE; i++) {
    const items = Array.from({ length: 8 }, (_, k) => item(i * 8 + k)).join('')
    body += `<div class="box clearfix"><div class="hd"><h3>工作动态</h3><a href="/gzdt/">更多&gt;&gt;</a></div>${script.repeat(4)}<img src="/images/2021/${i}.jpg" alt="工作动态" width="300"><ul class="list">${items}</ul></div>\n`
  }
  return `${body}<p>版权所有：某某县人民政府办公室</p></body></html>`
}

const CHARACTERS_PER_BYTE = 0.8

function item(i: number): string {
  const day = 10 + (i % 20)
  return `<li><a href="../zwgk/gzdt/202103/t202103${day}_${60_000 + i}.html" target="_blank" title="关于做好第${i}项重点工作的通知">关于做好第${i}项重点工作的...</a><span class="date">03-${day}</span></li>\n`
}

/** Median over `samples` of the CPU time (ms, all threads) of one reading, each sample `batch` readings. */
function median(bytes: Buffer, samples: number, batch: number): number {
  const input = { bytes, kind: 'home', ref: '2021-04-07' } as const
  for (let i = 0; i < 20; i++) readPage(input)
  const times = Array.from({ length: samples }, () => {
    const before = process.cpuUsage()
    for (let i = 0; i < batch; i++) readPage(input)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000 / batch
  })
  return times.sort((a, b) => a - b)[samples >> 1] ?? Number.NaN
}
