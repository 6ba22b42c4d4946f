import {
  type Answer,
  articleOf,
  entriesOf,
  listOf,
  ok,
  pageOf,
  type Showing,
  type Variant,
} from './showing.ts'

const RULE = 'LINKS'
const GONE: Answer = { status: 404, body: '<h1>404</h1><p>您访问的页面不存在。</p>' }

const linked =
  (markup: string, below: (path: string) => Answer | null): Showing =>
  (asked, path) =>
    path === ''
      ? ok(pageOf({ list: listOf(entriesOf(asked, 1, 6)) + markup }))
      : (below(path) ?? articleOf(path))
const at =
  (where: string, answer: Answer) =>
  (path: string): Answer | null =>
    path === where ? answer : null

/** A link of the page leads nowhere. */
const FAULTS: Readonly<Record<string, Showing>> = {
  linkGone: linked('<p><a href="yw/gone.html">通知公告</a></p>', at('yw/gone.html', GONE)),
  link410: linked('<p><a href="old.html">历史资料</a></p>', at('old.html', { ...GONE, status: 410 })),
  linkPicture: linked('<p><img src="img/banner.jpg" alt="专题"></p>', at('img/banner.jpg', GONE)),
  linkFile: linked('<p><a href="files/form.doc">申请表下载</a></p>', at('files/form.doc', GONE)),
  linkToGone: linked('<p><a href="go.html">网上办事</a></p>', (path) => {
    if (path === 'go.html') return { status: 302, headers: { location: 'nowhere.html' }, body: '' }
    return path === 'nowhere.html' ? GONE : null
  }),
  linkFrame: linked('<iframe src="frame/list.html"></iframe>', at('frame/list.html', GONE)),
}

/** They all lead somewhere, though it may not look so. */
const LOOK_ALIKES: Readonly<Record<string, Showing>> = {
  linksFine: linked('', () => null),
  linkMoved: linked(
    '<p><a href="moved.html">办事指南</a></p>',
    at('moved.html', { status: 301, headers: { location: 't1.html' }, body: '' }),
  ),
  linkAnchor: linked('<p><a href="#top">返回顶部</a> <a href="javascript:void(0)">打印</a></p>', () => null),
  linkMail: linked(
    '<p><a href="mailto:office@example.com">联系我们</a> <a href="tel:12345">12345</a></p>',
    () => null,
  ),
  linkSlow: linked(
    '<p><a href="slow.html">网上办事</a></p>',
    at('slow.html', { ...articleOf('slow'), trouble: 'slow' }),
  ),
  linkTalksOf404: linked('<p><a href="about404.html">404 页面说明</a></p>', () => null),
}

const of = (shown: Readonly<Record<string, Showing>>, isFault: boolean): Variant[] =>
  Object.entries(shown).map(([what, show]) => ({ rule: RULE, what, isFault, show }))

/** Broken links of a page. */
export const LINK_VARIANTS: readonly Variant[] = [...of(FAULTS, true), ...of(LOOK_ALIKES, false)]
