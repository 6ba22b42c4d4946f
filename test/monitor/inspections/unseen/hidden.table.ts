import { hiddenLinks } from '../../../../server/monitor/inspections/content/hidden-links.ts'
import { said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

/** A home page as many have it; `head` and `body` are what a case adds. */
export const site = (body: string, head = '') =>
  `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>清远市水务局门户网站</title><meta name="SiteName" content="清远市水务局">${head}</head><body><div class="wrap"><ul class="mainnav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/bsfw/">办事服务</a></li></ul><div class="main"><h2>要闻</h2><ul><li><a href="/yw/content_1.html">全市防汛工作会议召开</a><span>2026-11-20</span></li><li><a href="/yw/content_2.html">北江堤围加固工程开工</a><span>2026-11-19</span></li></ul></div>${body}<div class="bottom">主办：清远市水务局　网站标识码：4418000031</div></div></body></html>`

const link = (text: string, host = 'www.kk7718.com', style = '') =>
  `<a ${style && `style="${style}" `}href="https://${host}/">${text}</a>`
const three = `${link('AG真人娱乐平台')} ${link('北京赛车pk10投注', 'www.pk9981.cc')} ${link('开元棋牌下载', 'm.ky666.vip')}`
const spelled = (text: string) => [...text].map((sign) => `&#${sign.codePointAt(0)};`).join('')
const hexed = (text: string) => [...text].map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join('')
const escaped = (text: string) =>
  [...text].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const codes = (text: string) => [...text].map((sign) => sign.charCodeAt(0)).join(',')

/** Ways to hide links that stand in no table of those who wrote the rule. */
const FAULTY: readonly string[] = [
  site(
    `<div class="abc">${three}</div>`,
    '<style type="text/css">body{margin:0}.abc{text-indent:-9999em;height:1px;overflow:hidden}</style>',
  ),
  site(
    `<div class="q1"><p>${three}</p></div>`,
    '<style>/* x */ .wrap .q1 p{position:absolute;clip:rect(0 0 0 0)}</style>',
  ),
  site(`<div class="q2">${three}</div>`, '<style>@media screen{.q2{display:none!important}}</style>'),
  site(`<div style="clip-path:inset(100%);position:absolute">${three}</div>`),
  site(`<div style="clip:rect(1px,1px,1px,1px);position:absolute">${three}</div>`),
  site(`<div style="transform:scale(0)">${three}</div>`),
  site(`<div style="transform:translateX(-5000px)">${three}</div>`),
  site(`<div style="margin-left:-9999px">${three}</div>`),
  site(`<div style="margin-top:-3000px;position:relative">${three}</div>`),
  site(`<div style="max-height:0;overflow:hidden">${three}</div>`),
  site(`<div style="width:0;height:0;overflow:hidden;float:left">${three}</div>`),
  site(`<div style="line-height:0;font-size:0px;color:transparent">${three}</div>`),
  site(`<div style="font:0/0 a">${three}</div>`),
  site(`<div style="filter:alpha(opacity=0);opacity:.0">${three}</div>`),
  site(`<div style="opacity:0.01">${three}</div>`),
  site(`<div style="position:absolute;z-index:-100;right:-6000px">${three}</div>`),
  site(`<div style="position:fixed;bottom:-4000px">${three}</div>`),
  site(`<marquee height=1 width=4 scrollamount=3000 scrolldelay=20000>${three}</marquee>`),
  site(`<marquee height="0">${three}</marquee>`),
  site(
    `<font size="1" color="#FFFFFF"><div style="background-color:white">${three.replaceAll('<a ', '<a style="color:#FFF" ')}</div></font>`,
  ),
  site(
    `<div class="dk">${three}</div>`,
    '<style>.dk{background:#f0f0f0}.dk a{color:#f0f0f0;text-decoration:none}</style>',
  ),
  site(`<div style="visibility:collapse">${three}</div>`),
  site(`<div style="visibility:&#104;idden">${three}</div>`),
  site(`<div style="dis\\70lay:none">${three}</div>`),
  site(`<div style="display:/**/none">${three}</div>`),
  site(`<template>${three}</template><div style="display:none"><p><span>${link('老虎机')}</span></p></div>`),
  site(`<details style="display:none">${link('球探比分 足球外围')}</details>`),
  site(`<div style="display:none">${link(spelled('六合彩开奖结果'))}</div>`),
  site(`<div style="display:none">${link(hexed('时时彩平台'))}</div>`),
  site(`<div style="display:none">${link('百 家 乐')}${link('澳​门​赌​场')}</div>`),
  site(`<div style="display:none">${link('代开发票')}${link('办证刻章', 'bz.hk168.net')}</div>`),
  site(`<div style="display:none">${link('slot gacor')} ${link('judi online terpercaya', 'sg88.xyz')}</div>`),
  site(
    `<div style="display:none">${link('online casino')} ${link('buy viagra cheap', 'cheap-pills.ru')}</div>`,
  ),
  site(`<div style="display:none">${link('成人电影 黄色视频')} ${link('裸聊', 'avxx.tv')}</div>`),
  site(`<div style="display:none">${link('傳奇私服')} ${link('澳門葡京賭場', 'pj.hk')}</div>`),
  site(`<div style="display:none">${link('迷药 催情药购买')} ${link('代写论文', 'lw.cn.com')}</div>`),
  site(
    `<script>document.writeln("<div style=\\"position:absolute;top:-2000px\\">");document.writeln("<a href=\\"http://www.kk7718.com\\">博彩公司</a></div>");</script>`,
  ),
  site(
    `<script>document.write("<style>.x{display:none}</style><div class='x'><a href='http://www.kk7718.com'>${escaped('太阳城娱乐')}</a></div>")</script>`,
  ),
  site(
    `<script>document.write(String.fromCharCode(${codes('<div style="display:none"><a href="http://www.kk7718.com/">老虎机</a></div>')}))</script>`,
  ),
  site(
    `<script>document.write(decodeURIComponent("${encodeURIComponent('<div style="display:none"><a href="http://www.kk7718.com/">皇冠投注网</a></div>')}"))</script>`,
  ),
  site(
    `<script>document.write(atob("${Buffer.from('<div style="display:none"><a href="http://www.kk7718.com/">casino bet</a></div>').toString('base64')}"))</script>`,
  ),
  site(`<script>document.write('<a href="http://www.kk7718.com/">时时彩</a>')</script>`),
  site(
    `<script>document.getElementById("f").innerHTML+='<a href="http://www.kk7718.com/">百家乐</a>'</script>`,
  ),
  site(`<div style="display:none">澳门赌场开户 <a href="http://www.kk7718.com/">点击进入</a></div>`),
  site(
    `<script>$("body").append("<div style='display:none'><a href='http://www.kk7718.com/'>真人视讯</a></div>")</script>`,
  ),
  site(
    `<div id="zzk">${three}</div><script>document.getElementById('zzk').setAttribute('style','display:none')</script>`,
  ),
  site(
    `<div id="zzk">${three}</div><script>var o=document.getElementById("zzk");o.style.display="none";</script>`,
  ),
  site(`<div id="zzk">${three}</div><script>document.querySelector('#zzk').style.display = 'none'</script>`),
  site(`<div id="zzk">${three}</div><script>$("#zzk").hide()</script>`),
  site(`<div id="zzk">${three}</div><script>$('#zzk').css('display','none');</script>`),
  site(
    `<div id="zzk">${three}</div><script>document.getElementById("zzk").style.cssText="position:absolute;left:-9999px"</script>`,
  ),
  site(
    `<iframe src="https://www.kk7718.com/bocai/" width=0 height=0 frameborder=0></iframe><div style="display:none">${link('博彩')}</div>`,
  ),
  site(`<noscript><div>${three}</div></noscript>`),
  site(
    `<!--[if lt IE 6]><b>x</b><![endif]--><div style="display:none"><!-- friend -->${three}<!-- /friend --></div>`,
  ),
  site(
    `<div style="display:none"><a href="//www.kk7718.com/">时时彩</a><a href="HTTP://WWW.PK9981.CC">赌球</a></div>`,
  ),
  site(
    `<a href="https://www.kk7718.com/" style="display:none"><img src="/i.gif" alt="澳门威尼斯人赌场"></a>`,
  ),
  site(
    `<a href="https://www.kk7718.com/" title="永利皇宫 线上赌博" style="position:absolute;left:-999px">水利</a>`,
  ),
  site(`<h1 style="display:none">${link('新葡京娱乐城')}</h1>`),
  site(
    `<table style="display:none"><tr><td>${link('金沙娱乐场')}<td>${link('威尼斯人网址', 'wns.bet')}</table>`,
  ),
  site(`<div style="left:-9999px;position:absolute;"><ul><li>${link('捕鱼游戏 电子游艺')}</li></ul></div>`),
  `${site('').replace('</html>', '')}</html><div style="display:none">${three}</div>`,
  site('').replace('<body>', `<body><div style="overflow:hidden;height:0px;">${three}</div>`),
  site('', `<div style="display:none">${three}</div>`),
  site(
    `<div aria-hidden="true" style="position:absolute;width:1px;height:1px;overflow:hidden">${three}</div>`,
  ),
]

const menu = '<a href="https://www.gd.gov.cn/">省政府</a><a href="http://www.mwr.gov.cn/">水利部</a>'
const many = Array.from({ length: 30 }, (_, n) => `<a href="http://www.city${n}.gov.cn/">城市${n}</a>`).join(
  '',
)

const SOUND: readonly string[] = [
  site(`<ul class="nav"><li><a href="#">友情链接</a><ul style="display:none">${menu}</ul></li></ul>`),
  site(`<div class="drop" style="display:none">${many}</div>`),
  site(`<div class="tabcon" style="display:none"><a href="https://www.12377.cn/">网络赌博举报</a></div>`),
  site(
    `<div class="tabcon" style="display:none"><a href="http://www.gdfc.org.cn/">福利彩票开奖公告</a><a href="http://www.gdlottery.cn/">广东体彩网</a></div>`,
  ),
  site(`<div class="m-menu" style="display:none"><a href="/m/">手机版</a></div>`),
  site(`<a class="skip" style="position:absolute;left:-9999px" href="#main">跳到主要内容</a>`),
  site(
    `<div class="bdsharebuttonbox" style="display:none"><a href="https://www.jiathis.com/share">分享</a><a href="http://service.weibo.com/share/share.php">微博</a></div>`,
  ),
  site(
    `<div class="swiper-slide" style="visibility:hidden"><a href="https://www.chinanews.com.cn/gn/2026/1.shtml">严厉打击跨境赌博</a></div>`,
  ),
  site(
    `<div class="print-head" style="display:none">清远市水务局<a href="http://www.gdqy.gov.cn/">www.gdqy.gov.cn</a></div>`,
  ),
  site(
    `<div id="dlg" class="modal fade" style="display:none"><a href="https://tyrz.gd.gov.cn/">统一认证</a></div>`,
  ),
  site(`<a href="/rss.xml" style="display:none">RSS</a>`),
  site(
    `<div class="hide"><a href="http://www.gdqy.gov.cn/zt/dbdq/">打击赌球宣传专栏</a></div>`,
    '<style>.hide{display:none}</style>',
  ),
  site(
    `<div style="display:none"><a href="http://www.gdga.gov.cn/jwzx/">我省公安机关捣毁一个网络赌博团伙</a></div>`,
  ),
  site(
    `<div style="display:none"><a href="https://news.cctv.com/2026/1.shtml">公安部：百家乐等网络赌博平台被打掉</a></div>`,
  ),
  site(
    `<div style="display:none"><a href="http://www.shdf.gov.cn/">扫黄打非</a><a href="https://www.spp.gov.cn/">检察院起诉一起制售假药案</a></div>`,
  ),
  site(`<div style="display:none"><a href="https://mp.weixin.qq.com/s/abc">警惕“办证刻章”小广告</a></div>`),
  site(
    `<div class="QRcode" style="display:none"><a href="https://weibo.com/gdqy"><img src="wx.png" alt="微信二维码"></a></div>`,
  ),
  site(
    `<script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="https://hm.baidu.com/hm.js?abc";})();</script><div style="display:none"><a href="https://www.cnzz.com/stat/website.php?web_id=1">站长统计</a></div>`,
  ),
  site(`<div style="display:none"><script src="https://s4.cnzz.com/z_stat.php?id=1"></script></div>`),
  site(
    `<script>document.write('<div style="display:none"><a href="https://bszs.conac.cn/sitename?method=show&id=1">党政机关</a></div>')</script>`,
  ),
  site(
    `<script>document.write("<a href='https://zfwzgl.www.gov.cn/exposure/jiucuo.html'>找错</a>")</script>`,
  ),
  site(`<div style="text-indent:-9999px"><a href="http://www.gov.cn/">中国政府网</a></div>`),
  site(
    `<a style="display:block;text-indent:-9999px;background:url(logo.png)" href="http://www.gd.gov.cn/">广东省人民政府</a>`,
  ),
  site(
    `<div class="acc" style="height:0;overflow:hidden"><a href="http://www.gdsports.net/">广东省体育彩票管理中心</a></div>`,
  ),
  site(`<select><option value="">友情链接<option value="http://www.lottery.gov.cn/">中国体彩网</select>`),
  site(`<div style="display:none"><a href="http://zwfw.cwl.gov.cn/">中国福利彩票</a></div>`),
  site(`<noscript><a href="https://www.google.cn/chrome/">请更新浏览器</a></noscript>`),
  site(`<noscript><img src="https://sc.example-stat.com/p.gif" width=1 height=1></noscript>`),
  site(
    `<div class="mobile-only"><a href="https://m.cn12345.com/">12345热线</a></div>`,
    '<style>@media (min-width:800px){.mobile-only{display:none}}</style>',
  ),
  site(
    `<div class="po"><a href="https://www.tuhu.cn/">合作单位</a></div>`,
    '<style>@media print{.po{display:none}}</style>',
  ),
  site(
    `<div style="opacity:0" class="float-ad"><a href="http://www.gdqy.gov.cn/zt/">学习贯彻二十届四中全会精神</a></div>`,
  ),
  site(
    `<div style="display:none"><a href="https://www.macau.gov.mo/">澳门特别行政区政府</a><a href="https://www.dicj.gov.mo/">澳门博彩监察协调局</a></div>`,
  ),
  site(
    `<div style="display:none"><a href="https://www.12321.cn/">垃圾短信（代开发票、赌博、色情）举报受理中心</a></div>`,
  ),
  site(`<div style="display:none"><a href="http://www.nmpa.gov.cn/">假药劣药查处通告</a></div>`),
  site(`<div style="display:none"><a href="javascript:void(0)">六合彩</a></div>`),
  site(`<div style="display:none"><a href="/zt/jdwd/">清远市开展打击“六合彩”专项行动</a></div>`),
  site(`<p>近日有群众反映网站出现<a href="/tz/1.html">赌博网站链接</a>，现已处置。</p>`),
  site(
    `<div class="ewm" style="position:absolute;top:-500px;"><a href="https://www.douyin.com/user/1">清远水利抖音号</a></div>`,
  ),
  site(
    `<div class="lang" style="display:none"><a href="http://big5.gd.gov.cn/">繁體</a><a href="http://en.gd.gov.cn/">English</a></div>`,
  ),
  site(`<div class="login-box" style="display:none"><a href="https://www.alipay.com/">支付宝登录</a></div>`),
  site(
    `<div class="bx-clone" style="display:none"><a href="http://gd.people.com.cn/n2/1.html">广东严打涉赌涉黄，开展净网行动</a></div>`,
  ),
  site(
    `<div style="width:0;height:0;overflow:hidden"><a href="https://xyt.xcc.cn/getpcInfo?sn=1">诚信网站</a></div>`,
  ),
  site(
    `<div style="position:absolute;left:-9999px"><a href="https://beian.miit.gov.cn/">粤ICP备05000001号</a></div>`,
  ),
  site(`<div style="display:none"><a href="https://www.bilibili.com/">棋牌室消防安全检查</a></div>`),
  site(
    `<div style="display:none"><a href="http://www.sport.gov.cn/">全国棋牌运动管理中心</a><a href="http://www.qipai.org.cn/">中国棋院</a></div>`,
  ),
]

export const HIDDEN_UNSEEN = tableOf(
  'hidden-links',
  FAULTY,
  SOUND,
  async (html) => (await said(hiddenLinks, html)).outcome,
)
