import { hiddenLinks } from '../../../../../server/monitor/inspections/content/hidden-links.ts'
import { said } from '../../pages.ts'
import { tableOf } from '../../planted-table.ts'
import { site } from '../hidden.table.ts'

/* A third round: what hides a link besides the styles of its own element. */

const l = (text: string, host = 'www.fb7731.example', more = '') =>
  `<a ${more}href="http://${host}/">${text}</a>`
const set = `${l('传奇私服')} ${l('大发快三', 'kk.dafa-k3.example')} ${l('澳门新葡京', 'pj.pj6611.example')}`
const escaped = (text: string) =>
  [...text]
    .map((sign) => {
      const hex = sign.charCodeAt(0).toString(16)
      return hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`
    })
    .join('')
const base64 = (text: string) => Buffer.from(text).toString('base64')
const script = (text: string) => site(`<script>${text}</script>`)
const styled = (css: string, body: string) => site(body, `<style>${css}</style>`)
/** As packers of scripts write them: words by their numbers, and a list of the words. */
const packed = `eval(function(p,a,c,k,e,d){e=function(c){return c.toString(36)};return p}('2.3(\\'<4 1="5:0"><6 7="8://9.a-b.c/">百家乐</6></4>\\');',13,13,'none|style|document|write|div|display|a|href|http|www|bjl|kh|example'.split('|'),0,{}))`

/** Those that somebody wrote who had not read the rule, by what hides them. */
const BLIND: readonly string[] = [
  styled(
    'body>table{position:relative;z-index:2;background:#fff}',
    `<div style="position:absolute;top:0;z-index:-1">${set}</div>`,
  ),
  site('<iframe src="http://www.bet365-casino-vip.example/" width="0" height="0"></iframe>'),
  script(
    `window["${escaped('document')}"]["${escaped('write')}"]("${escaped(`<p style="display:none">${l('金沙娱乐城')}</p>`)}");`,
  ),
  site(
    `<div id="fdlk">${l('股票配资')}${l('杠杆炒股')}</div><script>document.getElementById("fd"+"lk").style.display="none";</script>`,
  ),
  styled('@media screen and (min-width:1px){.tj{display:none}}', `<div class="tj">${set}</div>`),
  styled(':root{--fx:none}.fxl{display:var(--fx)}', `<div class="fxl">${set}</div>`),
  site(`<div style="transform:scale(0);position:absolute">${l('USDT跑分')}${l('跑分平台')}</div>`),
  site(`<details><summary></summary>${l('代孕公司')}${l('包生男孩')}${l('供卵试管')}</details>`),
  site(`<div style="max-height:0;overflow:hidden">${l('开房记录查询')}${l('手机定位找人')}</div>`),
  site(l('', 'www.mm.example', 'title="澳门美高梅娱乐平台" ')),
  site(
    `<div id="_q" style="display:none"></div><script>document.getElementById("_q").innerHTML=decodeURIComponent(escape(atob("${base64(l('大发快三'))}")));</script>`,
  ),
  styled('.sp0 + p > a{display:none}', `<p class="sp0">编辑</p><p>${l('短信轰炸机')}${l('呼死你')}</p>`),
  site(
    '<img src="l.gif" usemap="#m"><map name="m"><area coords="0,0,0,0" href="http://b.example/" alt="百家乐开户"></map>',
  ),
  site('<svg width="0" height="0"><a xlink:href="http://d.example/"><text>大发888娱乐场</text></a></svg>'),
  script(
    `var e=document.createElement('div');e.style.cssText='left:-3000px';e.innerHTML=['<a href="http://r.example/">','cheap viagra','</a>'].join('');document.body.appendChild(e);`,
  ),
  site(`<dialog>${l('aomen duchang')}${l('wangshang bocai')}${l('liuhecai tema')}</dialog>`),
  site(
    '<a href="http://k.example/"><img src="x.gif" width="0" height="0" alt="酷游ku娱乐平台 真人投注"></a>',
  ),
  site(`<video src="/v.mp4">${l('无码av在线')}</video>`),
]

/** More of each kind. */
export const MORE: readonly (readonly [kind: string, page: string])[] = [
  ['behind', site(`<div style="position:fixed;z-index:-999">${set}</div>`)],
  ['behind', styled('.bg1{position:relative;z-index:-1}', `<div class="bg1"><ul><li>${set}</li></ul></div>`)],
  ['behind', site(`<p style="POSITION: absolute; Z-INDEX: -2">${l('百家乐')}</p>`)],
  ['behind', styled('.w i{z-index:-9;position:sticky}', `<div class="w"><i>${set}</i></div>`)],
  ['behind', styled('#u{position:absolute;z-index:-1 !important}', `<ul id="u">${set}</ul>`)],
  ['frame', site('<iframe style="display:none" src="//www.kaiyun88.example/"></iframe>')],
  [
    'frame',
    site('<div style="position:absolute;left:-999px"><iframe src="http://a.casino.example/"></iframe></div>'),
  ],
  ['frame', site('<embed width="1" height="1" src="http://m.yabo77.example/x.swf">')],
  ['frame', site('<object data="http://www.leyu.example/" width="0" height="0"></object>')],
  ['frame', script('document.write("<iframe width=0 height=0 src=http://www.bet365.example/></iframe>")')],
  [
    'script',
    script(`var s='${`<div>${l('百家乐')}</div>`}';setTimeout(function(){document.body.innerHTML+=s},9)`),
  ],
  ['script', script(packed)],
  [
    'script',
    script(`var _0x1=["${escaped(l('老虎机'))}","${escaped('write')}"];document[_0x1[1]](_0x1[0]);`),
  ],
  [
    'script',
    script(
      `document.write("${[...l('百家乐').replaceAll('"', "'")].reverse().join('')}".split("").reverse().join(""))`,
    ),
  ],
  [
    'script',
    script(
      `var a=document.createElement("a");a.href="http://www.x.example/";a.innerHTML="澳门百家乐";document.body.appendChild(a);`,
    ),
  ],
  ['script', script(`document.body.insertAdjacentHTML('beforeend',\`<p>\${x}${l('六合彩')}</p>\`)`)],
  ['script', script(`document.write('<div class="'+c+'">'+n+'${l('时时彩')}</div>')`)],
  ['script', script(`document.write("<@a hr@ef='http://x.example/'>百@家乐</@a>".replace(/@/g,""))`)],
  [
    'at once',
    site(
      `<p id="x">${l('刷单')}</p><script>document["getElementById"]("x")["style"]["display"]="none"</script>`,
    ),
  ],
  [
    'at once',
    site(
      `<p id="x1">${l('跑分平台')}</p><script>document.querySelector('#x1').style.display='none'</script>`,
    ),
  ],
  [
    'at once',
    site(
      `<p id="x2">${l('供卵')}</p><script>document.getElementById("${escaped('x2')}").style.visibility='hidden'</script>`,
    ),
  ],
  [
    'at once',
    site(
      `<p id="x3">${l('私家侦探')}</p><script>document.getElementById('x3').style.cssText='display:none'</script>`,
    ),
  ],
  [
    'at once',
    site(`<p id="x4">${l('高利贷')}</p><script>document.getElementById("x4").hidden=true;</script>`),
  ],
  ['media', styled('@media all and (min-width:0){.a{display:none}}', `<p class="a">${set}</p>`)],
  ['media', styled('@media (max-width:99999px){.a{opacity:0}}', `<p class="a">${set}</p>`)],
  ['media', styled('@media not print{.a{visibility:hidden}}', `<p class="a">${set}</p>`)],
  [
    'media',
    site(`<p class="a">${set}</p>`, '<style media="screen and (min-width:1px)">.a{display:none}</style>'),
  ],
  [
    'media',
    styled(
      '@media screen and (-webkit-min-device-pixel-ratio:0){.a{display:none}}',
      `<p class="a">${set}</p>`,
    ),
  ],
  ['property', site(`<p style="display:var(--n,none)">${set}</p>`)],
  ['property', styled('.o{--a:0}.o p{opacity:var(--a)}', `<div class="o"><p>${set}</p></div>`)],
  [
    'property',
    styled(':root{--p:absolute;--l:-99em}.q{position:var(--p);left:var(--l)}', `<p class="q">${set}</p>`),
  ],
  ['property', styled('html{--a:var(--b);--b:none}.q{display:var(--a)}', `<p class="q">${set}</p>`)],
  ['property', site(`<div style="--z:0px"><p style="height:var( --z );overflow:hidden">${set}</p></div>`)],
  ['place', styled('h3 ~ ul{display:none}', `<h3>链接</h3><p>x</p><ul>${set}</ul>`)],
  ['place', styled('.k p:first-child{display:none}', `<div class="k"><p>${set}</p><p>x</p></div>`)],
  ['place', styled('.k p:last-child{display:none}', `<div class="k"><p>x</p><p>${set}</p></div>`)],
  ['place', styled('.k a:link{display:none}', `<div class="k">${set}</div>`)],
  ['place', styled('.k:nth-child(n){display:none}', `<div class="k">${set}</div>`)],
  ['sides', site(`<div style="position:absolute;inset:-9999px auto auto -9999px">${set}</div>`)],
  ['sides', site(`<div style="margin:-5000px 0 0 0">${set}</div>`)],
  ['sides', site(`<ul style="height:0;overflow-y:hidden">${set}</ul>`)],
  ['sides', site(`<div style="position:absolute;left:calc(-100vw - 200px)">${set}</div>`)],
  ['sides', site(`<div style="position:absolute;left:50%;margin-left:-9999px">${set}</div>`)],
  ['closed', site(`<canvas width="9">${set}</canvas>`)],
  ['closed', site(`<audio src="/a.mp3">${set}</audio>`)],
  ['closed', site(`<dialog class="d"><p>${l('百家乐')}</p></dialog>`)],
  ['closed', site(`<div popover>${set}</div>`)],
  ['closed', site(`<details>${l('六合彩')}</details>`)],
  ['blank', site('<a href="http://k.example/"><img src="x.gif" style="width:0;height:0" alt="百家乐"></a>')],
  ['blank', site('<a href="http://k.example/"><img src="x.gif" style="display:none" alt="老虎机"></a>')],
  ['blank', site('<a href="http://k.example/"><img src="x.gif" width="1" height="1" alt="六合彩"></a>')],
  ['blank', site('<a href="http://k.example/" aria-label="澳门百家乐"></a>')],
  ['blank', site('<a href="http://k.example/" title="时时彩"><span></span></a>')],
  [
    'drawn',
    site('<map name="n"><area shape="circle" coords="0,0,0" href="http://k.example/" alt="百家乐"></map>'),
  ],
  [
    'drawn',
    site(
      '<map name="n"><area shape="poly" coords="0,0,0,0,0,0" href="http://k.example/" title="六合彩"></map>',
    ),
  ],
  ['drawn', site('<svg><defs><a href="http://k.example/"><text>老虎机</text></a></defs></svg>')],
  [
    'drawn',
    site('<svg style="display:none"><a xlink:href="http://k.example/"><text>老虎机</text></a></svg>'),
  ],
  ['drawn', site('<svg width="1" height="1"><a href="http://k.example/"><text>时时彩</text></a></svg>')],
]

const SOUND: readonly string[] = [
  site(
    `<ul style="display:none"><li>${l('金沙县人民政府', 'www.jinsha.gov.cn')}</li><li>${l('皇冠镇', 'www.huangguan-town.org.example')}</li></ul>`,
  ),
  ...['金沙县旅游网', '皇冠假日酒店', '金沙街道', '金沙小学', '皇冠社区'].map((text) =>
    site(`<ul style="display:none">${l(text, 'www.jinsha.example')}</ul>`),
  ),
  styled(
    '.bg{position:absolute;z-index:-1}',
    `<div class="bg">${l('中国建设银行', 'www.ccb.example')}</div>`,
  ),
  site('<iframe width="0" height="0" src="https://tongji.example/"></iframe>'),
  site('<div style="display:none"><iframe src="https://sso.bank.example/"></iframe></div>'),
  script(`var tpl='<li>${l('新华网', 'www.news.example')}</li>';render(tpl)`),
  script(
    `var bad=["赌博","百家乐","六合彩"];function ok(s){return !bad.some(function(w){return s.indexOf(w)>=0})}`,
  ),
  script(`var a=document.createElement("a");a.href="https://map.example/";a.innerHTML="查看地图";`),
  script(`document.write("打击网络赌博，<a href='http://x.example/'>举报百家乐等网络赌博</a>")`),
  site(
    `<div id="t">${l('招商银行', 'cmb.example')}</div><script>document.getElementById("t").style.display="none"</script>`,
  ),
  styled(
    '@media (max-width:768px){.pc{display:none}}',
    `<div class="pc">${l('工商银行', 'icbc.example')}</div>`,
  ),
  styled(
    ':root{--show:block}.x{display:var(--show)}',
    `<div class="x">${l('农业银行', 'abc.example')}</div>`,
  ),
  styled(
    '.t + .c{display:none}',
    `<h3 class="t">企业</h3><div class="c">${l('中国移动', '10086.example')}</div>`,
  ),
  site(`<details><summary>贷款贴息</summary>${l('创业担保贷款合作银行', 'bank.example')}</details>`),
  site(`<dialog>${l('第三方隐私政策', 'privacy.example')}</dialog>`),
  site(`<video src="/v.mp4">不支持视频，请${l('下载播放器', 'player.example')}</video>`),
  site('<a href="http://bank.example/"><i class="icon-bank"></i></a>'),
  site(
    '<a href="http://stat.example/" title="站长统计"><img width="0" height="0" src="http://stat.example/1.gif"></a>',
  ),
  site(
    `<div style="position:absolute;left:50%;margin-left:-600px;width:1200px">${l('捣毁赌场', 'news.example')}${l('永利', 'yl.example')}</div>`,
  ),
  site('<map name="n"><area coords="0,0,90,20" href="http://news.example/" alt="新闻"></map>'),
  site('<svg width="0" height="0"><symbol id="a"><path d="M0 0"></path></symbol></svg>'),
]

export const HIDDEN_THIRD = tableOf(
  'hidden-links',
  [...BLIND, ...MORE.map(([, page]) => page)],
  SOUND,
  async (html) => (await said(hiddenLinks, html)).outcome,
)
