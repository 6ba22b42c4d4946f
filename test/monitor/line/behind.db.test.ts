import { expect, it } from 'vitest'
import { levelPages } from '../../../server/monitor/line/queries.ts'
import { DAY } from '../../../shared/base/time.ts'
import { a, ctx, playOnASite, scan, serve, serveForNothing, site } from '../links/scans.ts'

/* Pages behind the home page that are asked for over IPv6, of a site that was looked through. */

playOnASite()

/** Their paths, by level. */
async function behind(most = 9): Promise<{ second: string[]; third: string[] }> {
  const { second, third } = await levelPages(ctx.db, site.id, new Date(ctx.clock.now()), most)
  const paths = (urls: readonly string[]) => urls.map((url) => new URL(url).pathname).sort()
  return { second: paths(second), third: paths(third) }
}
const HOME = a('/a') + a('/b') + a('/c') + a('/gone') + a('/busy') + a('/form.doc')
const PAGES = {
  '/': HOME,
  '/a': a('/d'),
  '/b': '乙',
  '/c': '丙',
  '/d': a('/deep'),
  '/deep': '深',
  '/busy': 503,
}

it('are those that opened when the site was looked through, some of each level', async () => {
  serve(PAGES)
  await scan()
  expect(await behind()).toEqual({ second: ['/a', '/b', '/c'], third: ['/d'] })
  const some = await behind(2)
  expect(some.second).toHaveLength(2)
  expect(some.third).toEqual(['/d'])
})

it('are not those that were gone, or did not open, when they were seen last, nor those that nobody has seen for long', async () => {
  serve(PAGES)
  await scan()
  ctx.clock.advance(DAY)
  serve({ ...PAGES, '/b': 404, '/c': 503 })
  await scan()
  expect(await behind()).toEqual({ second: ['/a'], third: ['/d'] })
  ctx.clock.advance(9 * DAY)
  expect(await behind()).toEqual({ second: [], third: [] })
})

it('are no pages that say only that there is nothing', async () => {
  const nothing = '很抱歉，您要找的页面不存在，可能已被删除或者移到了别处，请返回首页重新查找您需要的内容。'
  serveForNothing(
    (_req, res) =>
      void res
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<html><body>${nothing}</body></html>`),
  )
  serve({ '/': a('/a') + a('/old'), '/a': '真的在这里', '/old': nothing })
  await scan()
  expect(await behind()).toEqual({ second: ['/a'], third: [] })
})
