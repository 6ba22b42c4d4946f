import { readPage } from '../../../server/monitor/read/read.ts'
import '../../../server/monitor/verdicts/in-force.ts'

/*
 * What the freshness reader takes for a page, in a process of its own: prints the medians of a page of 60 KB and one of 1 MB (ms).
 */

const HOME_BYTES = 60_000
/** So many samples go before: the reader is compiled then, as it is in a thread that has read pages for a minute. */
const WARM = 20

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
  for (let i = 0; i < WARM * batch; i++) readPage(input)
  const times = Array.from({ length: samples }, () => {
    const before = process.cpuUsage()
    for (let i = 0; i < batch; i++) readPage(input)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000 / batch
  })
  return times.sort((a, b) => a - b)[samples >> 1] ?? Number.NaN
}

const page = (bytes: number): Buffer => Buffer.from(homePage(bytes))
console.log(JSON.stringify({ home: median(page(HOME_BYTES), 80, 10), big: median(page(1_000_000), 10, 1) }))
