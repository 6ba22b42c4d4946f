import { addDays } from '../../../../shared/base/time.ts'
import { atEnd, atTop, inHead } from '../html.ts'
import { type Change, pick, type Random, type Source } from '../source.ts'

/* What stands beside the dates that count and is as new as today: the truth stays what it was. */

const WEEK = '日一二三四五六'
const cn = (day: string) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')
const slashed = (day: string) => day.replaceAll('-', '/')
const week = (day: string) => WEEK[new Date(day).getUTCDay()]

type Place = (html: string, more: string) => string
/** Something new is put into the page. */
const beside = (
  name: string,
  variants: (day: string, random: Random) => readonly string[],
  place: Place = atTop,
): Change => ({
  name,
  apply: ({ html, ref }, random) => ({
    html: place(html, pick(random, variants(fresh(ref, random), random))),
  }),
})

/** Today, or the day before. */
function fresh(ref: string, random: Random): string {
  return addDays(ref, random() < 0.6 ? 0 : -1)
}

const FILING = '粤ICP备05083647号-1 粤公网安备44010602000123号 网站标识码：4401000001'

export const SURROUNDINGS: readonly Change[] = [
  beside(
    'footer, updated beside the filing number',
    (day) => [
      `<div class="footer"><p>主办单位：示例县人民政府办公室</p><p>${FILING} 更新时间：${day}</p></div>`,
      `<div class="foot"><p>最后更新：${day} ${FILING}</p></div>`,
      `<div>承办：示例县政务服务中心 ${FILING} 本站更新日期：${cn(day)}</div>`,
    ],
    atEnd,
  ),
  beside(
    'footer, updated in a line of its own',
    (day) => [
      `<div class="footer"><p>版权所有：示例县人民政府</p><p>${FILING}</p><p>更新时间：${day}</p></div>`,
      `<div id="bottom"><p>更新日期：${day} 10:11</p><p>${FILING}</p><p>您是第 1234567 位访问者</p></div>`,
      `<table width="1000"><tr><td>版权所有：示例县人民政府</td></tr><tr><td>最近更新：${cn(day)}</td></tr><tr><td>${FILING}</td></tr></table>`,
    ],
    atEnd,
  ),
  beside('header clock with a weekday', (day) => [
    `<div class="top">${cn(day)} 星期${week(day)}</div>`,
    `<div class="top"><span>${cn(day)}</span> <span>星期${week(day)}</span><a href="/login">登录</a></div>`,
    `<div>今天是${cn(day)} 星期${week(day)} 农历三月初五</div>`,
  ]),
  beside('header clock without a weekday', (day) => [
    `<div class="top"><span>${cn(day)}</span><a href="/">设为首页</a> <a href="/">加入收藏</a></div>`,
    `<div class="head"><span>${day}</span><a href="/en/">English</a><a href="/wza/">无障碍浏览</a></div>`,
    `<table><tr><td>${cn(day)}</td><td><a href="/">示例县人民政府门户网站</a></td></tr></table>`,
    `<p>${day} 10:22:33</p>`,
    `<div><li>${slashed(day)}</li><li><a href="/zlm/">政务服务网统一入口</a></li></div>`,
  ]),
  beside('weather with the time it was published', (day) => [
    `<div class="tq">示例县天气：多云转晴 22℃～30℃ 发布时间：${day} 08:00</div>`,
    `<div><a href="/tq/">示例县今日天气预报</a><span>发布时间：${day}</span></div>`,
    `<ul><li><a href="/tqyb/">天气预报：晴，北风3级，22℃</a> <span>${day}</span></li></ul>`,
    `<p>气象台发布时间：${cn(day)}08时，今天白天晴，最高气温30℃</p>`,
  ]),
  beside('air quality with its time', (day) => [
    `<div>空气质量指数(AQI)：45 优 首要污染物：无 发布时间：${day} 09:00</div>`,
    `<div><p>空气质量：良</p><p>PM2.5：35</p><p>更新时间：${day} 10:00</p></div>`,
    `<table><tr><td>空气质量</td><td>优</td></tr><tr><td>发布时间</td><td>${day} 10时</td></tr></table>`,
  ]),
  beside(
    'period of a survey',
    (day) => [
      `<ul><li><a href="/dc/1.html">关于优化营商环境的网上问卷调查</a><span>调查时间：${addDays(day, -20)} 至 ${day}</span></li></ul>`,
      `<ul><li><a href="/dc/1.html">关于公交线路调整的意见征集</a><span>开始：${addDays(day, -9)}</span><span>结束：${day}</span></li></ul>`,
      `<div><a href="/dc/1.html">城市更新条例公开征求意见</a><p>征集时间：${slashed(addDays(day, -9))}—${slashed(day)}</p><p>状态：已结束</p></div>`,
      `<table><tr><th>主题</th><th>开始时间</th><th>结束时间</th></tr><tr><td><a href="/dc/1.html">关于老旧小区改造的民意征集</a></td><td>${addDays(day, -5)}</td><td>${day}</td></tr></table>`,
    ],
    atEnd,
  ),
  beside(
    'period of a recruitment',
    (day) => [
      `<ul><li><a href="/zp/1.html">公开招聘工作人员报名入口</a><em>报名时间：${addDays(day, -4)}至${addDays(day, 3)}</em></li></ul>`,
      `<div><h4>招聘公告</h4><p>报名起止日期：${cn(addDays(day, -4))}-${cn(day)}</p></div>`,
      `<ul><li><a href="/zp/1.html">事业单位公开招聘资格审查</a><em>（${addDays(day, -4).replaceAll('-', '.')}-${day.replaceAll('-', '.')}）</em></li></ul>`,
    ],
    atEnd,
  ),
  beside('countdown', (day) => [
    `<div>距离高考还有<b>30</b>天（截至${day}）</div>`,
    `<div class="djs">倒计时：${day} 00:00:00</div>`,
    `<p>距${cn(addDays(day, 40))}开幕还有40天，统计至${cn(day)}</p>`,
  ]),
  beside(
    'table of letters',
    (day) => [
      `<table><tr><th>编号</th><th>来信主题</th><th>来信时间</th><th>状态</th></tr>${letters(day, (n, d) => `<tr><td>${n}</td><td><a href="/xj/${n}.html">咨询社保转移手续如何办理</a></td><td>${d}</td><td>已回复</td></tr>`)}</table>`,
      `<div><h3>县长信箱</h3><table><tr><td>信件标题</td><td>提交日期</td><td>答复日期</td></tr>${letters(day, (n, d) => `<tr><td><a href="/xj/${n}.html">反映小区夜间施工噪声扰民</a></td><td>${d}</td><td>${d}</td></tr>`)}</table></div>`,
      `<table><tr><td>信件编号</td><td>主题</td><td>处理部门</td><td>回复时间</td></tr>${letters(day, (n, d) => `<tr><td>${n}</td><td><a href="/xj/${n}.html">建议增设公交站点</a></td><td>交通局</td><td>${d}</td></tr>`)}</table>`,
    ],
    atEnd,
  ),
  beside('text that is not shown', (day) => [
    `<div style="display:none">发布时间：${day}</div>`,
    `<div style="display: none;"><p>更新时间：${day} 10:00</p></div>`,
    `<p hidden>${day} 来源：示例县政府办</p>`,
    `<span style="visibility:hidden">发布日期：${cn(day)}</span>`,
  ]),
  beside(
    'stamp of when it was made',
    (day) => [
      `<div style="display:none">Produced By 大汉网络 大汉版通发布系统 publishdate:${day} 10:00:00</div>`,
      `<!-- Produced By CMS 网站群内容管理系统 publishdate:${slashed(day)} 10:00:00 -->`,
      `<p>本页面生成时间：${day} 10:00:00</p>`,
      `<p>页面生成于 ${day} 10:00</p>`,
    ],
    atEnd,
  ),
  beside(
    'publish meta of today',
    (day) => [
      `<meta name="PubDate" content="${day} 10:00">`,
      `<meta name="publishdate" content="${day}">`,
      `<meta property="article:published_time" content="${day}T10:00:00+08:00">`,
      `<script type="application/ld+json">{"@type":"WebPage","datePublished":"${day}"}</script>`,
    ],
    inHead,
  ),
  beside(
    'metas of making and changing',
    (day) => [
      `<meta name="lastmodified" content="${day}"><meta name="Maketime" content="${day} 10:00">`,
      `<meta http-equiv="Last-Modified" content="${day}"><meta name="generatedate" content="${day}">`,
    ],
    inHead,
  ),
  beside(
    'numbers that look like dates',
    (day) => [
      `<p>今日访问量：${day.replaceAll('-', '')} 版本号 v${day.replaceAll('-', '.')}</p>`,
      `<p>咨询电话：020-${day} 传真：0${day}</p>`,
      `<p>文件下载：附件${day.replaceAll('-', '')}.pdf</p>`,
    ],
    atEnd,
  ),
  beside(
    'dates of closing and expiry',
    (day) => [
      `<ul><li><a href="/cg/1.html">办公家具采购项目竞争性谈判</a><span>截止日期：${day}</span></li></ul>`,
      `<ul><li><a href="/zs/1.html">食品经营许可证公示名单查询</a><span>有效期至：${day}</span></li></ul>`,
      `<ul><li><a href="/kb/1.html">道路改造工程施工开标信息</a><span>开标时间：${day} 09:30</span></li></ul>`,
    ],
    atEnd,
  ),
  beside(
    'years of the republic and of budgets',
    (day) => [
      `<ul><li><a href="/ys/1.html">民國${Number(day.slice(0, 4)) - 1911}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日文獻展覽</a></li></ul>`,
      `<ul><li><a href="/ys/1.html">${day.slice(0, 4)}年度部门预算公开说明</a></li></ul>`,
    ],
    atEnd,
  ),
]

function letters(day: string, row: (n: number, day: string) => string): string {
  return [0, 1, 2].map((n) => row(2_021_000 + n, addDays(day, -n))).join('')
}

/** Without its metas a page says what it said. */
export const WITHOUT_METAS: Change = {
  name: 'no metas',
  apply: ({ html, ...source }: Source) => {
    const changed = html.replace(/<meta\b(?![^>]*charset)[^>]*>/gi, '')
    return changed === html || source.gold === null ? null : { html: changed }
  },
}
