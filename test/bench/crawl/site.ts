import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site of many pages on loopback, which counts what it is asked for. */
export interface LargeSite {
  readonly url: string
  /** How often each of its pages was asked for, by path; its home page and what is not there apart. */
  readonly asked: ReadonlyMap<string, number>
  close(): void
}

/** As sites divide them: addresses of one template beyond a few hundred are taken for a generator's. */
const COLUMNS = 'zwgk tzgg zcwj rsxx ghjh czxx bszn gzdt zdly hygq jyta flfg'.split(' ')
const LINKS = 60

/** A page as sites have them, of about 40 KB, with links to others of its site. */
function pageOf(n: number, pages: number): string {
  const links = Array.from({ length: LINKS }, (_, k) => (n * LINKS + k + 1) % pages)
  const items = links.map(
    (to) =>
      `<li><a href="${pathOf(to)}" title="通知公告第${to}号">关于做好第${to}号通知有关工作的公告</a><span>2026-03-0${1 + (to % 9)}</span></li>`,
  )
  const text = `<p style="text-indent:2em">${'请各有关单位结合工作实际认真贯彻落实，并将情况按时报送。'.repeat(8)}</p>`
  return `<html><head><title>第${n}页 - 某区人民政府</title><style>.nav li ul{display:none}.a{color:#333}</style></head><body><ul>${items.join('\n')}</ul>${text.repeat(30)}</body></html>`
}

const pathOf = (n: number): string => `/${COLUMNS[n % COLUMNS.length]}/${n}.html`

/** Serves a home page and so many others behind it. */
export async function serveLargeSite(pages: number): Promise<LargeSite> {
  const asked = new Map<string, number>()
  const server = createServer((req, res) => {
    const path = req.url ?? '/'
    const n = path === '/' ? 0 : Number(/^\/\w+\/(\d+)\.html$/.exec(path)?.[1] ?? Number.NaN)
    const isThere = path === '/' || (n < pages && path === pathOf(n))
    if (isThere && path !== '/') asked.set(path, (asked.get(path) ?? 0) + 1)
    res.writeHead(isThere ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
    res.end(isThere ? pageOf(n, pages) : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
