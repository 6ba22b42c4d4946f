import type { ServerResponse } from 'node:http'
import { chapterOf, FOREIGN, type ForeignHost, foreignOf } from '../../cast/foreign.ts'

/** Stands where the fleet's port goes, which is another at each start. */
export const PORT = '@@port@@'
/** The page on which scripts and frames of others stand. */
export const FRAMED_SLUG = 'contact'

export const foreignUrl = ({ host, manner }: Pick<ForeignHost, 'host' | 'manner'>, port: string): string => {
  const at = host.endsWith('.test') ? host : `${host}:${port}`
  return `http://${at}/${manner === 'script' ? 'count.js' : ''}`
}

/** Links of a home page to foreign hosts. */
export function foreignLinks(salt: number): string {
  const links = foreignOf(salt).filter(({ manner }) => manner === 'link')
  if (links.length === 0) return ''
  const items = links.map((one) => `<a href="${foreignUrl(one, PORT)}" target="_blank">${one.name}</a>`)
  return `<div class="outer"><h3>相关链接</h3>${items.join('\n')}</div>`
}

/** What a page takes from foreign hosts. */
export function foreignParts(slug: string, salt: number): string {
  if (slug !== FRAMED_SLUG) return ''
  return foreignOf(salt)
    .map((one) => {
      const url = foreignUrl(one, PORT)
      if (one.manner === 'frame')
        return `<iframe src="${url}" title="${one.name}" width="300" height="60"></iframe>`
      return one.manner === 'script' ? `<script src="${url}"></script>` : ''
    })
    .join('')
}

/** Answers in the place of a foreign host. False: none of that name is here. */
export function answerForeign(host: string, port: number, response: ServerResponse): boolean {
  const known = FOREIGN.find((one) => one.host === host)
  const led = FOREIGN.find(({ story }) => story.at(-1)?.to === host)
  const found = known ?? led
  if (!found) return false
  const { title, text, to } = chapterOf(found)
  if (known && to !== undefined) {
    response.writeHead(302, { location: `http://${to}:${port}/` }).end()
    return true
  }
  const html = `<html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`
  response.writeHead(200, { server: 'nginx', 'content-type': 'text/html; charset=utf-8' }).end(html)
  return true
}
