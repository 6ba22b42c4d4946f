import { article, each, type FamilyPage, home, list, plain } from './kit.ts'

const GOLD = '2023-11-20'
const news = `<div class="news"><ul>${each([GOLD, '2023-11-14', '2023-10-26'], (d, t, n) => `<li><a href="/xw/${n}.html" title="${t}">${t}</a><span>${d}</span></li>`)}</ul></div>`

/** What stands above or below the news of a home page that has been still since November; none of it is a publish date. */
const NOISE: readonly (readonly [name: string, html: string])[] = [
  ['a clock: month, day and weekday', '<div class="top"><span>3月15日 星期五</span></div>'],
  ['a clock: dashes and an English weekday', '<div class="top">2024-03-15 Fri</div>'],
  ['a clock in English', '<div id="header">Friday, March 15, 2024 14:26</div>'],
  ['a clock: 现在是', '<p>现在是：2024/3/15 14:26:01</p>'],
  ['a clock: 北京时间', '<p>北京时间 2024-03-15 14:26</p>'],
  ['a clock: dots and FRI', '<p class="d">2024.03.15 FRI</p>'],
  ['a clock in three elements', '<div class="clock"><b>15</b><i>2024.03</i><u>星期五</u></div>'],
  [
    'a clock: the date alone in the header',
    '<header><div class="date">2024-03-15</div><a href="/">首页</a></header>',
  ],
  [
    'a clock: the date alone in characters',
    '<div class="head"><span>2024年3月15日</span><a href="/login">登录</a></div>',
  ],
  ['a greeting', '<p>您好，今天是2024年3月15日，欢迎访问示例市人民政府网站！</p>'],
  ['a visitor’s own times', '<p>欢迎您，游客！您上次访问时间：2024-03-14 18:20</p>'],
  ['footer: 最后更新', '<div class="foot">版权所有 示例市人民政府 最后更新：2024-03-14</div>'],
  ['footer: 页面生成时间', '<div>页面生成时间：2024-03-15 03:00:21</div>'],
  ['footer: Last updated', '<footer>Last updated: 2024-03-14</footer>'],
  ['footer: 本页更新于', '<p>本页面更新于2024年3月14日</p>'],
  ['footer: 数据更新时间', '<p>数据更新时间：2024-03-14 24:00</p>'],
  [
    'footer: GMT+8 of a forum',
    '<p>GMT+8, 2024-3-15 14:26 , Processed in 0.020315 second(s), 12 queries .</p>',
  ],
  ['footer: a version', '<p>系统版本 V3.12.15（2024-03-12）</p>'],
  [
    'a warning of the weather station as a link',
    '<div><a href="/yj/1">【预警】示例市气象台2024年03月15日11时发布大风蓝色预警信号</a></div>',
  ],
  [
    'a warning with its own 发布时间',
    '<div class="yj"><img src="/blue.gif">大风蓝色预警 发布时间：2024-03-15 11:00</div>',
  ],
  ['restrictions of the day', '<div>今日限行尾号：3和8（2024-03-15）</div>'],
  [
    'hearings of a court',
    '<table><tr><th>案号</th><th>开庭时间</th></tr><tr><td>（2024）粤01民初315号</td><td>2024-03-14 09:00</td></tr><tr><td>（2024）粤01民初316号</td><td>2024-03-15 09:00</td></tr></table>',
  ],
  [
    'a fair of jobs',
    '<div><h4>招聘会预告</h4><p>2024-03-14 周四 上午 人才市场</p><p>2024-03-20 周三 下午 会展中心</p></div>',
  ],
  ['counts until a day', '<p>截至3月14日24时，全市累计办理3.15万件</p>'],
  [
    'guests of the site',
    '<div><h4>最新留言</h4><ul><li>网友：垃圾分类问题 [2024-03-14]</li><li>网友：停车问题 [2024-03-13]</li></ul></div>',
  ],
  [
    'letters in brackets of months and days, linked',
    '<div class="xj"><h3>区长信箱</h3><ul><li><a href="/xj/1">反映路灯不亮</a>[已办结]<span>03-14</span></li><li><a href="/xj/2">咨询入学</a>[已办结]<span>03-13</span></li></ul></div>',
  ],
  [
    'a ranking and its period',
    '<div><h4>信息采用排行榜（2024-03-01至2024-03-15）</h4><ol><li>区教育局 15</li><li>区民政局 12</li></ol></div>',
  ],
  [
    'lengths of videos',
    '<ul><li><a href="/v/1">示例新闻</a><em>03:14</em></li><li><a href="/v/2">专题片</a><em>12:28</em></li></ul>',
  ],
  [
    'a pager like month and day',
    '<div class="page">页次：3/15 每页20 共297条 <a href="?p=2">上一页</a> 1-20</div>',
  ],
  [
    'numbers like months and days',
    '<p>地址：人民路3-12号 15-3栋 2层 评分 3.14 版本 1.2.15 主机 10.3.15.2</p>',
  ],
  ['a closure of roads in a title', '<ul><li><a href="/t/1">2024年3月14日至16日人民路临时封闭</a></li></ul>'],
  ['a duty of the day', '<p>今日值班：王某 3月15日（星期五） 电话 0312-2024315</p>'],
  [
    'a choice of days',
    '<form><select name="d"><option>2024-03-15</option><option>2024-03-14</option></select><input type="date" value="2024-03-15"></form>',
  ],
  ['tides and sun', '<p>日出 06:32 日落 18:35 3月15日潮汐：高潮 03:14</p>'],
  ['power cuts', '<div><h4>停电信息</h4><p>停电时间：2024-03-14 08:00—18:00 停电区域：人民路一带</p></div>'],
  ['a vote that ends', '<div><h4>网上投票</h4><p>最美志愿者评选 投票截止日期：2024-03-14</p></div>'],
  ['numbers at the counter by day', '<p>2024年3月14日 政务大厅办件量：315件</p>'],
  [
    'news for the coming days hidden by a style',
    '<div style="display:none"><a href="#">测试标题测试标题测试</a><span>2024-03-15</span></div>',
  ],
  ['a hidden attribute', '<div hidden><a href="#">测试标题测试标题测试</a><span>2024-03-15</span></div>'],
  [
    'a textarea and a picture drawn by lines',
    '<textarea>2024-03-15 关于测试的通知</textarea><svg><text>2024-03-15</text></svg>',
  ],
  ['members of a forum', '<p>欢迎新会员：abc123（2024-03-14 注册）</p>'],
  [
    'a train of appointments',
    '<div><h4>领导接访安排</h4><table><tr><td>接访日期</td><td>接访领导</td></tr><tr><td>2024年3月14日</td><td>张某</td></tr></table></div>',
  ],
  [
    'an app to download',
    '<p><a href="/app.apk">客户端下载</a> 版本：2.0.1 更新日期：2024-03-11 大小：20MB</p>',
  ],
  ['a validity of a certificate', '<p>本站已通过安全认证 有效期：2023-03-15 至 2024-03-14</p>'],
  ['a quotation of the day', '<div><h4>每日一词</h4><p>2024-03-15 实事求是</p></div>'],
]

const KINDS = [home, list, article] as const
const links = `<ul>${each(['', '', ''], (_d, t, n) => `<li><a href="/xw/${n}.html">${t}</a></li>`)}</ul>`

export const NOISE_PAGES: readonly FamilyPage[] = NOISE.flatMap(([name, html], n) => [
  home(`a still home page and ${name}`, GOLD, plain(n % 2 === 0 ? `${html}${news}` : `${news}${html}`)),
  ...KINDS.map((kind) =>
    kind(`without days, and ${name}`, null, plain(n % 2 === 0 ? `${links}${html}` : html)),
  ),
])
