import { hiddenLinks } from '../../../../server/monitor/inspections/content/hidden-links.ts'
import { said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

const BAD = '<a href="http://www.abc123.com/">澳门新葡京官网</a>'
const MANY = `${BAD}<a href="https://x.yl88.net/">真人视讯</a><a href="http://hz.cc/">彩票</a>`
export const page = (body: string, head = '') =>
  `<html><head><meta charset="utf-8"><title>天河区人民政府</title>${head}</head><body><div class="nav"><a href="/">首页</a></div>${body}<div class="footer">主办单位：天河区人民政府</div></body></html>`

/** How intruders hide links. */
export const PLANTED: readonly string[] = [
  page(`<div style="display:none">${MANY}</div>`),
  page(`<div style="DISPLAY : NONE ;">${MANY}</div>`),
  page(`<div style="position:absolute;left:-9999px">${MANY}</div>`),
  page(`<div style="position:absolute; top:-1000px">${MANY}</div>`),
  page(`<div style="position:fixed;left:-800em">${MANY}</div>`),
  page(`<p style="text-indent:-9999px">${MANY}</p>`),
  page(`<div style="visibility:hidden">${MANY}</div>`),
  page(`<div style="height:0;overflow:hidden">${MANY}</div>`),
  page(`<div style="width:1px;height:1px;overflow:hidden">${BAD}</div>`),
  page(`<span style="font-size:0">${BAD}</span>`),
  page(`<span style="font-size:1px">${BAD}</span>`),
  page(`<div style="opacity:0">${BAD}</div>`),
  page(
    `<div style="background:#fff"><a style="color:#ffffff" href="http://www.abc123.com/">百家乐</a></div>`,
  ),
  page(`<div hidden>${BAD}</div>`),
  page(`<marquee width="1" height="1">${MANY}</marquee>`),
  page(`<div class="x9">${MANY}</div>`, '<style>.x9{display:none}</style>'),
  page(`<div id="seo">${MANY}</div>`, '<style>#seo{position:absolute;left:-5000px}</style>'),
  page(`<div id="hx">${MANY}</div><script>document.getElementById("hx").style.display="none"</script>`),
  page(
    `<script>document.write('<div style="display:none"><a href="http://www.abc123.com/">六合彩</a></div>')</script>`,
  ),
  page(
    `<script>document.write('<div style="position:absolute;left:-999px">'+'<a href="http://www.abc123.com/">时时彩</a>'+'</div>')</script>`,
  ),
  page(
    `<script>document.write(unescape("${[...'<div style="display:none"><a href="http://www.abc123.com/">百家乐</a></div>'].map((sign) => (sign.charCodeAt(0) > 255 ? `%u${sign.charCodeAt(0).toString(16)}` : `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)).join('')}"))</script>`,
  ),
  page(`<div style="display:none"><a href="http://www.abc123.com/">百·家·乐</a></div>`),
  page(`<div style="display:none"><a href="http://www.abc123.com/">澳門新葡京</a></div>`),
  page(`<div style="display:none"><a href="http://www.abc123.com/">&#30334;&#23478;&#20048;</a></div>`),
  page(`<div style="display:none"><a href="http://www.bet365-cn.com/">点击</a></div>`),
  page(`<div style="display:none"><a href="http://xx.com/" title="成人视频"></a></div>`),
  page(`<div style="display:none"><ul><li><a href="/a.html">栏目</a></li></ul>${BAD}</div>`),
  page(`<marquee width="10" height="10" scrollamount="10000">${MANY}</marquee>`),
  page(`<div style="width:2px;height:2px;overflow:hidden">${MANY}</div>`),
  page(`<div style="contain:strict;height:0">${MANY}</div>`),
  page(`<div style="position:relative;left:-9999px">${MANY}</div>`),
  page(`<div style="position:absolute;left:calc(-1*9999px)">${MANY}</div>`),
  page(`<div style="transform:translate(-1000%)">${MANY}</div>`),
  page(`<div style="text-indent:100%;white-space:nowrap;overflow:hidden">${MANY}</div>`),
  page(`<div style="height:10px;overflow:hidden"><div style="padding-top:500px">${MANY}</div></div>`),
  page(`<div style="opacity:.02">${BAD}</div>`),
  page(`<div style="opacity:1%">${BAD}</div>`),
  page(`<div style="transform:matrix(0,0,0,0,0,0)">${BAD}</div>`),
  page(`<div style="font-size:1%">${BAD}</div>`),
  page('<a style="color:#fff" href="http://www.abc123.com/">澳门新葡京官网</a>'),
  page(`<div style="background:snow"><a style="color:hsl(0,100%,99%)" href="http://hz.cc/">百家乐</a></div>`),
  page(`<div class="x9">${MANY}</div>`, '<style>:is(.x8,.x9){display:none}</style>'),
  page(`<div class="x9">${MANY}</div>`, '<style>.x9:not(.on){display:none}</style>'),
  page(`<div class="x9"><p>甲</p><p>${MANY}</p></div>`, '<style>.x9 p:nth-child(2){display:none}</style>'),
  page(
    `<div class="x8"><div class="x9">${MANY}</div></div>`,
    '<style>.x8{color:red; .x9{display:none}}</style>',
  ),
  page(`<div class="x9">${MANY}</div>`, '<style>.\\78 9{display:none}</style>'),
  page(
    `<script>document.write("<div style='display:none'>")</script>${MANY}<script>document.write("</div>")</script>`,
  ),
  page(`<div id="hx">${MANY}</div><script>document.getElementById("hx").style.left="-9999px"</script>`),
  page(`<div id="hx">${MANY}</div><script>$("#hx").css({position:"absolute",left:"-9999px"})</script>`),
  page(`<iframe style="display:none" srcdoc='<a href="http://www.abc123.com/">澳门新葡京官网</a>'></iframe>`),
  page(`<iframe srcdoc='<p style="display:none"><a href="http://www.abc123.com/">百家乐</a></p>'></iframe>`),
  page('<a href="http://www.bet365-cn.com/">.</a>'),
  page(
    '<div style="display:none">百家乐 老虎机 <a href="http://www.abc123.com/" title="点击进入 网站">点击</a></div>',
  ),
  ...[
    `if(document.referrer.indexOf('baidu')>0){location.href='http://www.yabo88.com/'}`,
    `var s=document.referrer;if(/so|sogou/.test(s)){window["\\x6c\\x6f\\x63\\x61\\x74\\x69\\x6f\\x6e"]="\\x68ttp://www.yabo88.com/"}`,
    `var u="https://m."+"kaiyun66.com/";function go(){top.location.replace(u)}`,
  ].map((script) => page(`<script>${script}</script>`)),
  ...['www.jinsha888.com', 'huangguan66.net', 'www.bet3650.com', 'fun88.asia'].map((host) =>
    page(`<div style="display:none"><a href="http://${host}/">点击进入</a></div>`),
  ),
]

/** What honest pages hide, and what is said against betting. */
/** What newspapers write, as portals keep it in their scripts and tabs. */
const NEWS = [
  ['赌场老板归国投案', 'www.people.com.cn'],
  ['澳门博彩业收入增长', 'www.news.cn'],
  ['老虎机流入乡村小卖部', 'www.news.cn'],
  ['六合彩害人家破人亡', 'www.daily.com'],
  ['小伙轻信刷单被骗三万', 'www.daily.com'],
  ['人大代表建议严管裸聊敲诈', 'www.daily.com'],
  ['新濠天地水舞间演出恢复', 'www.daily.com'],
  ['澳门银河展会开幕', 'www.daily.com'],
  ['男子沉迷百家乐欠债百万', 'www.daily.com'],
  ['柬埔寨赌场酒店火灾致多人死亡', 'www.daily.com'],
] as const

/** What stands in a tab that nobody has opened yet, of newspapers that are no portals. */
const HEADLINES = [
  ...['人民日报评论：论文代写亟待根治', '大连足协：三名球员参与赌球被禁赛', '电影《赌城风云》公益放映'],
  ...['缅北赌场逃生记', '“配资平台”爆雷 投资者维权', '娱乐城大火', '“刷单”返利？小心！', '中彩网 双色球开奖'],
  ...['男子线上赌场玩百家乐输光家产', '代写论文 岂能成生意', '赌王何鸿燊的百家乐往事'],
]

/** What is written against a crime, its words apart, beside links to more of it or in links that are longer when they are pointed at. */
export const AGAINST: readonly string[] = [
  '市公安局 打击 网络赌博平台 专项行动 <a href="http://news.example.com/1">详情</a>',
  '严厉打击 代开发票 行为 <a href="http://news.example.com/1" title="查看 更多">查看</a>',
  '近期警方查获的 “老虎机” 及 刷单 团伙<a href="http://paper.example.com/1">查看</a>',
  '<a title="严打 代开发票 违法行为专项行动" href="http://news.example.com/1">严打 代开发票 违法…</a>',
  '<a title="我市警方捣毁一 “百家乐” 赌博窝点" href="http://news.example.com/1">我市警方捣毁一 “百家乐” 赌博…</a>',
  '电影 赌城 风云 <a title="电影《赌城风云》 公益放映" href="http://news.example.com/1">电影《赌城…</a>',
].map((said) => page(`<div style="display:none">${said}</div>`))

const CLEAN: readonly string[] = [
  ...AGAINST,
  ...HEADLINES.map((text) =>
    page(`<div class="tab" style="display:none"><a href="http://www.nfnews.com/1">${text}</a></div>`),
  ),
  ...[
    'www.huangguan-hotel.com',
    'www.jinsha.com',
    'fun.guangzhou.com',
    'bet.university.org',
    'www.slot.com',
  ].map((host) =>
    page(`<div style="position:absolute;left:-999px"><a href="http://${host}/">合作单位</a></div>`),
  ),
  page(
    '<ul class="menu" style="display:none"><li><a href="/xxgk/">信息公开</a></li><li><a href="http://www.gz.gov.cn/">市政府</a></li></ul>',
  ),
  page(
    '<div class="yqlj" style="display:none"><a href="http://www.people.com.cn/">人民网</a><a href="http://www.xinhuanet.com/">新华网</a></div>',
  ),
  page('<div class="pop" style="display:none"><a href="https://weibo.com/tianhe">官方微博</a></div>'),
  page('<div class="tab" style="display:none"><a href="/1.html">打击网络赌博专项行动</a></div>'),
  page('<div class="tab" style="display:none"><a href="http://www.news.com/1.html">警方严打六合彩</a></div>'),
  page('<div style="display:none"><a href="http://www.lottery.gov.cn/">中国体彩网 体育彩票</a></div>'),
  page('<a class="skip" style="position:absolute;left:-9999px" href="#main">跳到正文</a>'),
  page('<h1 style="text-indent:-9999px"><a href="/">天河区人民政府</a></h1>'),
  page('<div style="display:none"><a href="http://www.12345.com/">12345热线</a></div>'),
  page('<div style="display:none"><a href="http://www.cnzz.com/stat">站长统计</a></div>'),
  page('<select><option value="http://www.gd.gov.cn">广东省政府</option></select>'),
  page('<noscript><a href="http://www.adobe.com/go/getflash">请安装插件</a></noscript>'),
  page('<div style="display:none"><a href="javascript:void(0)">关闭</a><a href="#">返回顶部</a></div>'),
  page('<a href="http://www.abc.com/"><img src="/a.png" alt="合作单位"></a>'),
  page('<a href="http://www.people.com.cn/">人民网</a>'),
  page('<div class="friend"><a href="http://www.bank.com/">银行</a></div>'),
  page('<div class="sub" style="visibility:hidden"><a href="http://zwfw.gd.gov.cn/">政务服务网</a></div>'),
  page(
    '<div class="ewm" style="display:none"><img src="/ewm.png"><a href="https://mp.weixin.qq.com/s/a">公众号</a></div>',
  ),
  page('<div style="height:0;overflow:hidden" class="slide"><a href="/2.html">图片新闻</a></div>'),
  page('<script>document.write("<a href=\'/hit.html\'>访问量</a>")</script>'),
  page(
    '<script>document.write(\'<div style="display:none"><a href="http://www.51.la/">统计</a></div>\')</script>',
  ),
  page('<div class="mobile" style="display:none"><a href="http://m.thnet.gov.cn/">手机版</a></div>'),
  page('<p>本区开展打击网上投注、百家乐等网络赌博违法犯罪活动</p>'),
  page('<div style="display:none"><a href="http://www.sport.com/">全民健身活动 足球比赛报名</a></div>'),
  page('<div style="display:none"><a href="http://museum.com/">娱乐活动中心</a></div>'),
  page('<div style="opacity:0" class="hover"><a href="http://www.qq.com/">QQ空间</a></div>'),
  page(
    '<div class="share" style="display:none"><a href="http://v.t.sina.com.cn/share">分享到微博</a><a href="http://www.douban.com/">豆瓣</a></div>',
  ),
  page('<map><area href="http://www.haizhu.gov.cn/" alt="海珠"></map>'),
  page('<a href="http://www.chinatax.cn/" style="color:#fff">税务</a>'),
  page('<div style="background:#c00"><a style="color:#fff" href="http://www.party.cn/">党建</a></div>'),
  page('<a name="top"></a><a id="x" href="http://a.com"></a>'),
  page('<div style="display:none"><a href="http://www.thnet.gov.cn/a.html">内部链接</a></div>'),
  page('<div style="display:none"><a href="http://sub.thnet.gov.cn/">子站</a></div>'),
  page('<div style="display:none"><a href="http://www.lawyer.com/">禁止赌博宣传</a></div>'),
  page('<div style="left:-10px;position:absolute"><a href="http://www.ad.com/">飘窗</a></div>'),
  page('<div style="display:none"><a href="http://video.com/">成人教育 成人高考</a></div>'),
  page('<div style="display:none"><a href="http://www.zjj.com/">证件办理指南</a></div>'),
  page('<div style="display:none"><a href="http://www.nx.com/">发票查验平台</a></div>'),
  page('<div style="display:none"><a href="http://health.com/">防范假药宣传</a></div>'),
  page('<div style="display:none"><a href="http://www.beting-school.edu.cn/">学校</a></div>'),
  page('<iframe width="0" height="0" src="/hit.html"></iframe>'),
  page(
    '<marquee scrollamount="3" height="24"><a href="http://www.news.com/1.html">警方严打六合彩</a></marquee>',
  ),
  page('<div style="position:relative;left:-1200px"><a href="http://www.people.com.cn/">学习专题</a></div>'),
  page('<div style="transform:translateX(-300%)"><a href="http://www.news.com/">百家争鸣</a></div>'),
  page('<h1 style="text-indent:100%;white-space:nowrap;overflow:hidden"><a href="/">天河区人民政府</a></h1>'),
  page(
    '<div class="t"><a href="http://www.abc.com/">合作单位</a></div>',
    '<style>.t:not(.on){display:none}</style>',
  ),
  page(
    `<script>document.write("<div style='display:none'>")</script><a href="http://www.cnzz.com/stat">站长统计</a><script>document.write("</div>")</script>`,
  ),
  page(`<iframe srcdoc='<a href="http://www.map.com/">地图</a>' width="0" height="0"></iframe>`),
  page('<a href="http://www.partner.com/">.</a>'),
  page('<div style="opacity:.1"><a href="http://www.partner.com/">水印</a></div>'),
  page(
    '<div id="m"><a href="http://www.abc.com/">更多</a></div><script>$("#m").css({left:"-999px"})</script>',
  ),
  ...NEWS.map(([text, host]) => page(`<a style="color:#fff" href="//${host}/a.html">${text}</a>`)),
  page('<script>if(/Android/.test(navigator.userAgent)){location.href="http://m.thnet.gov.cn/"}</script>'),
  page('<script>function beian(){window.open("https://beian.miit.gov.cn/")}</script>'),
  page(
    '<script>var bad=["yabo88.com","bet365.com"];if(bad.indexOf(location.host)>=0){location.href="/"}</script>',
  ),
  ...NEWS.flatMap(([text, host]) => [
    page(`<script>var n='<a href="//${host}">${text}</a>'</script>`),
    page(`<div class="tab" style="display:none"><a href="//www.people.com.cn/">${text}</a></div>`),
  ]),
  ...['xxx', 'XXX网站', 'SEO', '手机跑分', '码商', '土地配资', '加装外挂电梯'].map((text) =>
    page(`<div style="display:none"><a href="http://www.some.com/">${text}</a></div>`),
  ),
  page('<div style="display:none"><a href="https://www.chsi.com.cn/">学历毕业证</a></div>'),
]

export const HIDDEN = tableOf(
  'hidden-links',
  PLANTED,
  CLEAN,
  async (html) => (await said(hiddenLinks, html)).outcome,
)
