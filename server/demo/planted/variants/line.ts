import { belowOf } from '../below.ts'
import { type Answer, entriesOf, listOf, ok, pageOf, type Showing, type Variant } from '../showing.ts'
import { homeShown } from '../shown.ts'

const RULE = 'V1'
const html = (status: number, text: string): Answer => ({
  status,
  body: `<html><head><title>${text}</title></head><body><center><h1>${text}</h1></center></body></html>`,
})

/** The site is not to be reached. */
const FAULTS: Readonly<Record<string, Showing>> = {
  status500: homeShown(() => html(500, '500 Internal Server Error')),
  status502: homeShown(() => html(502, '502 Bad Gateway')),
  status503: homeShown(() => html(503, '503 Service Unavailable')),
  status404: homeShown(() => html(404, '404 Not Found')),
  empty: homeShown(() => ({ status: 200, body: '' })),
  truncated: homeShown(() => ({
    status: 200,
    body: '<html><head><title>首页</title></head><body>',
    trouble: 'truncated',
  })),
  closed: homeShown(() => ({ status: 200, body: '', trouble: 'closed' })),
  silent: homeShown(() => ({ status: 200, body: '', trouble: 'silent' })),
  redirectLoop: (_asked, path) => ({
    status: 302,
    headers: { location: path === '' ? 'index.html' : './' },
    body: '',
  }),
}

const listed = (asked: Parameters<Showing>[0], top = '') =>
  ok(pageOf({ list: listOf(entriesOf(asked, 1)), top }))

/** It only looks as if it were not. */
const LOOK_ALIKES: Readonly<Record<string, Showing>> = {
  slow: homeShown((asked) => ({ ...listed(asked), trouble: 'slow' })),
  redirect: (asked, path) => {
    if (path === '') return { status: 302, headers: { location: 'main.html' }, body: '' }
    return path === 'main.html' ? listed(asked) : belowOf(asked, path)
  },
  talksOf404: homeShown((asked) => listed(asked, '<p>专题：网站“404 页面”与错误提示规范</p>')),
  talksOfMaintenance: homeShown((asked) =>
    listed(asked, '<p>公告：本周六 0 时至 2 时系统维护，届时无法访问</p>'),
  ),
  metaRefresh: (asked, path) => {
    if (path === '')
      return ok(
        '<html><head><meta http-equiv="refresh" content="0;url=main.html"></head><body></body></html>',
      )
    return path === 'main.html' ? listed(asked) : belowOf(asked, path)
  },
  talksOfFirewall: homeShown((asked) => listed(asked, '<p>关于采购网站防火墙的结果公告</p>')),
}

const of = (shown: Readonly<Record<string, Showing>>, isFault: boolean): Variant[] =>
  Object.entries(shown).map(([what, show]) => ({ rule: RULE, what, isFault, show }))

/** V1 站点无法访问: what a single visit says. */
export const LINE_VARIANTS: readonly Variant[] = [...of(FAULTS, true), ...of(LOOK_ALIKES, false)]
