import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a site answers: a page, or anything else that a server may do. */
export type Behaviour = (req: IncomingMessage, res: ServerResponse) => void

/** Sites on loopback, each under its own host name, that behave as the test says. */
export interface TestSites {
  readonly port: number
  /** Address of a site's home page; the name is `<label>.localhost`. */
  url(label: string): string
  /** From now on the site does this; without a behaviour, the usual again. */
  set(label: string, behaviour?: Behaviour): void
  /** Visits to the site so far. */
  visits(label: string): number
  close(): Promise<void>
}

/** Starts a real HTTP server for any number of sites, which do `usual` until told otherwise. */
export async function startSites(usual: Behaviour = page()): Promise<TestSites> {
  const behaviours = new Map<string, Behaviour>()
  const counts = new Map<string, number>()
  const server = createServer((req, res) => {
    const label = (req.headers.host ?? '').split('.')[0] ?? ''
    counts.set(label, (counts.get(label) ?? 0) + 1)
    const behave = behaviours.get(label) ?? usual
    behave(req, res)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: (label) => `http://${label}.localhost:${port}/`,
    set(label, behaviour) {
      if (behaviour) behaviours.set(label, behaviour)
      else behaviours.delete(label)
    },
    visits: (label) => counts.get(label) ?? 0,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A home page with a list of dated items; without dates it is an undated one. */
export function page(dates: readonly string[] = ['2026-03-09', '2026-03-06', '2026-03-02']): Behaviour {
  return (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html(dates))
  }
}

function html(dates: readonly string[]): string {
  const titles = [
    '关于开展春季安全检查的通知',
    '政务服务中心工作时间调整公告',
    '街道召开工作会议',
    '预算公开',
  ]
  const items = (dates.length > 0 ? dates : ['']).map((date, index) => {
    const title = titles[index % titles.length]
    return `<li><a href="/content/${index + 1}.html">${title}</a>${date && `<span>${date}</span>`}</li>`
  })
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>天河区政府网站</title></head>
<body><h1>天河区政府网站</h1><h2>通知公告</h2><ul class="list">${items.join('')}</ul>
<footer>主办单位：天河区人民政府办公室</footer></body></html>`
}

/** An answer with this status and a short page. */
export function status(code: number): Behaviour {
  return (_req, res) => void res.writeHead(code, { 'content-type': 'text/html' }).end(`<h1>${code}</h1>`)
}

/** Takes the connection and closes it without a word. */
export const reset: Behaviour = (req) => void req.socket.destroy()

/** Never answers. */
export const hang: Behaviour = () => {}

/** Answers as `then`, but only after a while. */
export function slow(ms: number, then: Behaviour = page()): Behaviour {
  return (req, res) => {
    const timer = setTimeout(() => then(req, res), ms)
    res.once('close', () => clearTimeout(timer))
  }
}
