import { belowOf } from '../below.ts'
import {
  type Answer,
  type Asked,
  entriesOf,
  listOf,
  NOT_FOUND,
  ok,
  pageOf,
  type Showing,
  type Variant,
} from '../showing.ts'

const RULE = 'LINKS'

const linked =
  (markup: string, below: (path: string, asked: Asked) => Answer | null): Showing =>
  (asked, path) =>
    path === ''
      ? ok(pageOf({ list: listOf(entriesOf(asked, 1, 6)) + markup }))
      : (below(path, asked) ?? belowOf(asked, path))
const at =
  (where: string, answer: Answer) =>
  (path: string): Answer | null =>
    path === where ? answer : null

/** A link of the page leads nowhere. */
const FAULTS: Readonly<Record<string, Showing>> = {
  linkGone: linked('<p><a href="yw/gone.html">通知公告</a></p>', at('yw/gone.html', NOT_FOUND)),
  link410: linked('<p><a href="old.html">历史资料</a></p>', at('old.html', { ...NOT_FOUND, status: 410 })),
  linkPicture: linked('<p><img src="img/banner.jpg" alt="专题"></p>', at('img/banner.jpg', NOT_FOUND)),
  linkFile: linked('<p><a href="files/form.doc">申请表下载</a></p>', at('files/form.doc', NOT_FOUND)),
  linkToGone: linked('<p><a href="go.html">网上办事</a></p>', (path) => {
    if (path === 'go.html') return { status: 302, headers: { location: 'nowhere.html' }, body: '' }
    return path === 'nowhere.html' ? NOT_FOUND : null
  }),
  linkFrame: linked('<iframe src="frame/list.html"></iframe>', at('frame/list.html', NOT_FOUND)),
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
  linkSlow: linked('<p><a href="slow.html">网上办事</a></p>', (path, asked) =>
    path === 'slow.html' ? { ...belowOf(asked, 't1.html'), trouble: 'slow' } : null,
  ),
  linkTalksOf404: linked('<p><a href="about404.html">404 页面说明</a></p>', () => null),
}

const of = (shown: Readonly<Record<string, Showing>>, isFault: boolean): Variant[] =>
  Object.entries(shown).map(([what, show]) => ({ rule: RULE, what, isFault, show }))

/** Broken links of a page. */
export const LINK_VARIANTS: readonly Variant[] = [...of(FAULTS, true), ...of(LOOK_ALIKES, false)]
