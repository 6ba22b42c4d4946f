import type { AccessLevel } from '../../../shared/monitor/page-checks/page-checks-rules.ts'

/* Pages as offices have them, each sound or with one known fault: what a browser is to tell of them is known by how they are made. */

const STYLE =
  'body{font:16px/1.6 sans-serif;color:#222;background:#fff}nav a{color:#0b4a8f;text-decoration:none}ul{list-style:none}'
const news = Array.from(
  { length: 6 },
  (_, n) =>
    `<li><a href="/a/${n}.html">关于召开第${n + 1}次会议的通知</a> <span>2026-03-0${n + 1}</span></li>`,
).join('')

interface Made {
  readonly html?: string
  readonly head?: string
  readonly title?: string
  readonly body?: string
}

/** A sound home page with something more in it. */
const page = ({
  html = '<html lang="zh-CN">',
  head = '',
  title = '<title>某市某局</title>',
  body = '',
}: Made): string =>
  `<!DOCTYPE html>${html}<head><meta charset="utf-8">${title}${head}<style>${STYLE}</style></head><body>
<header><h1>某市某局</h1><nav aria-label="栏目"><ul><li><a href="/xw/">工作动态</a></li><li><a href="/gk/">政务公开</a></li></ul></nav>
<form role="search"><label for="q">站内搜索</label><input id="q" type="text"><button>搜索</button></form></header>
<main><h2>工作动态</h2><ul>${news}</ul>${body}</main><footer><p>主办单位：某市某局　联系电话：020-12345678</p></footer></body></html>`

const IMG = 'src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="40" height="40"'
const text = '各单位要按照要求做好有关工作，'

/** What is wrong, by the rule of axe-core that has to tell it. */
export const FAULTY: readonly (readonly [rule: string, level: AccessLevel, html: string])[] = [
  ['image-alt', 'A', page({ body: `<p><img ${IMG}></p>` })],
  ['image-alt', 'A', page({ body: `<table><tr><td><img ${IMG}> 办事指南</td></tr></table>` })],
  ['link-name', 'A', page({ body: `<a href="/x/"><img ${IMG} alt=""></a>` })],
  [
    'link-name',
    'A',
    page({ body: '<a href="/wx/" style="display:inline-block;width:30px;height:30px"></a>' }),
  ],
  ['button-name', 'A', page({ body: '<button style="width:30px;height:30px"></button>' })],
  ['label', 'A', page({ body: '<input type="text" name="kw" value="请输入关键字">' })],
  ['label', 'A', page({ body: '<p>验证码 <input type="text" name="code"></p>' })],
  ['select-name', 'A', page({ body: '<select><option>--友情链接--</option></select>' })],
  ['html-has-lang', 'A', page({ html: '<html>' })],
  ['html-lang-valid', 'A', page({ html: '<html lang="中文">' })],
  ['document-title', 'A', page({ title: '' })],
  ['frame-title', 'A', page({ body: '<iframe src="about:blank" width="200" height="100"></iframe>' })],
  [
    'area-alt',
    'A',
    page({
      body: `<img ${IMG} alt="分区图" usemap="#m"><map name="m"><area href="/th/" shape="rect" coords="0,0,20,20"></map>`,
    }),
  ],
  ['input-image-alt', 'A', page({ body: `<input type="image" ${IMG}>` })],
  ['input-button-name', 'A', page({ body: '<input type="button">' })],
  ['marquee', 'A', page({ body: '<marquee width="300">欢迎访问</marquee>' })],
  ['list', 'A', page({ body: '<ul><div>通知公告</div></ul>' })],
  ['listitem', 'A', page({ body: '<div><li>通知公告</li></div>' })],
  ['definition-list', 'A', page({ body: '<dl><p>地址</p></dl>' })],
  ['dlitem', 'A', page({ body: '<div><dt>地址</dt></div>' })],
  ['aria-roles', 'A', page({ body: '<div role="fenlei">分类</div>' })],
  ['aria-valid-attr', 'A', page({ body: '<div aria-lable="分类">分类</div>' })],
  ['aria-hidden-focus', 'A', page({ body: '<div aria-hidden="true"><a href="/x/">更多</a></div>' })],
  ['meta-refresh', 'A', page({ head: '<meta http-equiv="refresh" content="600">' })],
  ['svg-img-alt', 'A', page({ body: '<svg role="img" width="30" height="30"><circle r="9"/></svg>' })],
  [
    'nested-interactive',
    'A',
    page({ body: '<div role="button" tabindex="0">下载 <a href="/x/">说明</a></div>' }),
  ],
  [
    'link-in-text-block',
    'A',
    page({
      body: `<p>${text}详见<a href="/x/" style="color:#0b4a8f;text-decoration:none">实施方案</a>，${text}</p>`,
    }),
  ],
  ['color-contrast', 'AA', page({ body: '<p style="color:#aaa">来源：办公室　时间：2026-03-01</p>' })],
  ['color-contrast', 'AA', page({ body: '<p style="color:#e66;background:#c00">预警信息</p>' })],
  ['color-contrast', 'AA', page({ body: '<p><font color="#999999" size="1">(9:05)</font></p>' })],
  [
    'meta-viewport',
    'AA',
    page({ head: '<meta name="viewport" content="width=device-width,maximum-scale=1,user-scalable=no">' }),
  ],
  ['valid-lang', 'AA', page({ body: '<p lang="chinese">通知</p>' })],
  ['autocomplete-valid', 'AA', page({ body: '<label>手机 <input autocomplete="dianhua"></label>' })],
  ['avoid-inline-spacing', 'AA', page({ body: '<p style="letter-spacing:1px !important">通知</p>' })],
]

/** What looks like a fault, and is none. */
export const SOUND: readonly string[] = [
  page({}),
  page({ html: '<html lang="zh">' }),
  page({ html: '<html lang="zh-Hans-CN">' }),
  page({ html: '<html lang="en">', title: '<title>Office</title>' }),
  page({ head: '<meta name="viewport" content="width=device-width,initial-scale=1">' }),
  page({ head: '<meta name="viewport" content="width=device-width,maximum-scale=5,user-scalable=yes">' }),
  page({
    head: '<meta http-equiv="X-UA-Compatible" content="IE=edge"><meta name="SiteName" content="某局">',
  }),
  ...[
    `<img ${IMG} alt="">`,
    `<img ${IMG} alt="办公楼">`,
    `<img ${IMG} role="presentation">`,
    `<img ${IMG} aria-label="办公楼">`,
    `<img ${IMG} title="办公楼">`,
    `<p id="cap">办公楼</p><img ${IMG} aria-labelledby="cap">`,
    `<img ${IMG} style="display:none">`,
    `<a href="/x/"><img ${IMG} alt="办事大厅"></a>`,
    `<a href="/x/"><img ${IMG} alt=""> 办事大厅</a>`,
    '<a href="/x/" aria-label="微信公众号" style="display:inline-block;width:30px;height:30px"></a>',
    '<a href="/x/" title="微博" style="display:inline-block;width:30px;height:30px"></a>',
    '<button aria-label="关闭" style="width:30px;height:30px"></button>',
    '<input type="submit">',
    '<input type="reset">',
    '<input type="hidden" name="id">',
    '<input type="text" title="关键字">',
    '<input type="text" placeholder="请输入关键字">',
    '<label>关键字 <input type="text"></label>',
    '<p id="lab">关键字</p><input type="text" aria-labelledby="lab">',
    '<select title="友情链接"><option>--友情链接--</option></select>',
    '<select style="display:none"><option>无</option></select>',
    '<iframe src="about:blank" title="天气预报" width="200" height="100"></iframe>',
    '<iframe src="about:blank" style="display:none"></iframe>',
    `<img ${IMG} alt="分区图" usemap="#m"><map name="m"><area href="/th/" alt="天河区" shape="rect" coords="0,0,20,20"></map>`,
    `<input type="image" ${IMG} alt="搜索">`,
    '<ul><li>通知</li><script>var a = 1</script><template><li></li></template></ul>',
    '<ol><li>一<ol><li>（一）</li></ol></li></ol>',
    '<dl><dt>地址</dt><dd>天河路</dd></dl>',
    '<dl><div><dt>地址</dt><dd>天河路</dd></div></dl>',
    '<div role="tablist" aria-label="栏目"><button role="tab" aria-selected="true">动态</button></div>',
    '<span aria-hidden="true">★</span>',
    '<p style="color:#767676">来源：办公室</p>',
    '<p style="color:#949494;font-size:24px">工作动态</p>',
    '<p style="color:#949494;font-size:19px;font-weight:bold">工作动态</p>',
    '<p style="color:#eee;display:none">备用</p>',
    '<button disabled style="color:#bbb">提交</button>',
    `<p>${text}详见<a href="/x/">实施方案</a>，${text}</p>`,
    '<p lang="en">Notice</p>',
    '<label>手机 <input autocomplete="tel"></label>',
    '<p style="letter-spacing:1px">通知</p>',
    '<table><tr><th>事项</th><th>时限</th></tr><tr><td>登记</td><td>5 日</td></tr></table>',
    '<table role="presentation"><tr><td>左</td><td>右</td></tr></table>',
    '<svg aria-hidden="true" width="9" height="9"><circle r="4"/></svg>',
    '<svg role="img" aria-label="国徽" width="9" height="9"><circle r="4"/></svg>',
    '<details><summary>更多</summary><p>内容</p></details>',
    '<p id="same">一</p><p id="same">二</p>',
  ].map((body) => page({ body })),
]

/** Pages that mean harm to whoever looks at them. */
export const HARMFUL: Readonly<Record<string, string>> = {
  // What the program is called by, and what it calls, is the page's own.
  clobbered: page({
    body: `<img ${IMG}><form id="axe" name="querySelectorAll"><input name="run"></form><embed id="define"><form id="module"><input name="exports"></form>
<script>Object.defineProperty(window, 'axe', { value: { run: () => ({ violations: [] }) }, writable: false });
JSON.stringify = () => '[]'; Array.prototype.map = () => []; window.Promise = null; performance.getEntriesByType = () => [{ domContentLoadedEventEnd: 1 }]</script>`,
  }),
  /** So many elements that nobody could look at them in the time. */
  endless: page({
    body: `<script>document.querySelector('main').innerHTML += '<p style="color:#bbb">一<b>二</b></p>'.repeat(60000)</script>`,
  }),
}
