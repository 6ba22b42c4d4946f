import { pageTitle } from '../../../../server/monitor/inspections/basics/page-title.ts'
import { said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

const BODY =
  '<body><div class="main"><ul><li><a href="/a.html">关于开展政府网站检查工作的通知</a> 2026-11-20</li></ul></div></body>'
export const page = (head: string, body = BODY) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8">${head}</head>${body}</html>`
const titled = (title: string) => page(`<title>${title}</title>`)

/** Titles that nobody gave a page, as sites have them. */
const PLANTED = [
  page(''),
  page('<title></title>'),
  page('<title>   </title>'),
  page('<title>&nbsp;</title>'),
  page('<title>　</title>'),
  page('<title>-</title>'),
  page('<title>_ - _</title>'),
  page('<title>...</title>'),
  page('<title>| </title>'),
  page('<title>2026</title>'),
  titled('Untitled Document'),
  titled('untitled'),
  titled('UNTITLED PAGE'),
  titled('无标题文档'),
  titled('无标题'),
  titled(' 新建网页 1 '),
  titled('新建网页１'),
  titled('Document'),
  titled('Ｄｏｃｕｍｅｎｔ'),
  titled('Insert title here'),
  titled('Welcome to nginx!'),
  titled('页面标题'),
  titled('测试'),
  titled('细览页模板'),
  titled('\n\t首页模板\n'),
  page('<TITLE>Vue App</TITLE>'),
  page('<meta name="title" content="天河区"><title>index</title>'),
]

/** Titles that somebody gave a page, however odd they look. */
const CLEAN = [
  ...[
    '天河区人民政府',
    '首页',
    '测试中心',
    '标题新闻 - 天河区',
    '广州市天河区人民政府门户网站',
    '通知公告_天河区政务服务数据管理局',
  ],
  ...[
    'Document Center',
    'Index of laws and regulations',
    'Test of drinking water',
    'Untitled: an exhibition',
    'Tianhe',
  ],
  ...[
    '关于《模板工程管理办法》的通知',
    '新建网页设计中心项目公示',
    '无标题栏的公文格式要求',
    '天河',
    '石牌街',
    'e 天河',
    'V区',
  ],
  ...['2026年预算', '12345热线', '“十四五”规划', '（征求意见稿）', '110', '119'].filter((title) =>
    /\p{L}/u.test(title),
  ),
  ...[
    '机构设置',
    '政策解读',
    '领导之窗',
    '互动交流',
    '办事服务',
    '信息公开目录',
    '公开年报',
    '网站地图',
    '联系我们',
    '隐私声明',
  ],
  ...[
    'Ķaunas',
    'Гуанчжоу',
    '廣州市天河區',
    '天河区&amp;越秀区',
    '天河区 | 首页',
    '首页 - 首页',
    '新闻页 1',
    '页面',
    '文档中心',
  ],
].map(titled)

export const PAGE_TITLES = tableOf(
  'page-title',
  PLANTED,
  CLEAN,
  async (html) => (await said(pageTitle, html)).outcome,
)
