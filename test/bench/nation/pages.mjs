import http from 'node:http'
import https from 'node:https'

/*
 * The sites of a nation, in a process of their own: whatever host is asked for, a page of so many dated items
 * as its argument says. Hears by message how they behave; `{ close: true }` ends it.
 */

const ITEMS = Number(process.argv[2])
const DAY = 86_400_000
/** One of so many pages has something new at every visit, where pages are changing. */
const CHANGING_ONE_OF = 50
const SLOW_MS = 3_000

let mode = 'quiet'
let served = 0

const dayOf = (ms) => new Date(ms + DAY / 3).toISOString().slice(0, 10)
const items = Array.from({ length: ITEMS }, (_, n) => {
  const title = `关于做好第${n + 1}批公共服务事项办理工作有关事宜的通知`
  return `<li><a href="/gzdt/content/post_${9_000_000 + n}.html">${title}</a><span>${dayOf(Date.now() - Math.floor(n / 4) * DAY)}</span></li>`
})
const head =
  '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>网站首页</title></head><body><h1>网站首页</h1><h2>通知公告</h2>'
const foot = (counter) =>
  `<p>您是第 ${counter} 位访客</p><footer>主办单位：第一办公室 网站标识码 1000000001</footer></body></html>`
const usual = Buffer.from(`${head}<ul>${items.join('\n')}</ul>${foot(1)}`)

function pageOf(number) {
  if (mode === 'counter') return Buffer.concat([usual, Buffer.from(`<!-- --><p>${foot(served)}</p>`)])
  if (mode === 'changing' && number % CHANGING_ONE_OF === 0) {
    const news = `<li><a href="/gzdt/content/post_n${served}.html">关于第${served}次会议召开情况的最新通报</a><span>${dayOf(Date.now())}</span></li>`
    return Buffer.from(`${head}<ul>${news}${items.join('\n')}</ul>${foot(1)}`)
  }
  return usual
}

function answer(request, response) {
  served++
  // `s<number>.n<address>.localhost`: the first sites of addresses are those of one platform.
  const [, number = '0', address = '0'] = /^s(\d+)\.n(\d+)\./.exec(request.headers.host ?? '') ?? []
  const isOfPlatform = Number(address) <= platformAddresses
  if (mode === 'down' && isOfPlatform) return void response.writeHead(503).end('<h1>503</h1>')
  if (mode === 'hang' && isOfPlatform) return
  const page = pageOf(Number(number))
  const fields = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': page.length,
    Server: 'nginx',
  }
  const send = () => response.writeHead(200, fields).end(page)
  if (mode === 'slow') setTimeout(send, SLOW_MS)
  else send()
}

let platformAddresses = 0
const servers = []

process.on('message', (message) => {
  if (message.close) process.exit(0)
  if (message.mode) mode = message.mode
  if (message.platformAddresses !== undefined) platformAddresses = message.platformAddresses
  if (message.listen) {
    const { certificate } = message.listen
    const server = certificate
      ? https.createServer({ cert: certificate.chain, key: certificate.key }, answer)
      : http.createServer(answer)
    servers.push(server)
    server.listen({ port: 0, host: '0.0.0.0', backlog: 4_096 }, () =>
      process.send({ port: server.address().port }),
    )
  }
})
process.on('disconnect', () => process.exit(0))
