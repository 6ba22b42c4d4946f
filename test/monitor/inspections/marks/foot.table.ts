import { readImprint } from '../../../../server/monitor/imprints/read.ts'
import { MARK_JUDGES } from '../../../../server/monitor/inspections/marks/judge.ts'
import type { Outcome } from '../../../../server/monitor/inspections/rule.ts'
import {
  crossChecks,
  type Imprint,
  type Registered,
} from '../../../../shared/monitor/imprints/imprints-rules.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { tableOf } from '../planted-table.ts'

export const REGISTER: Registered = {
  ...{
    code: '4401060001',
    name: '天河区人民政府',
    unit: '天河区人民政府办公室',
    url: 'http://www.thnet.gov.cn/',
  },
  ...{
    redirectUrl: null,
    icp: '粤ICP备05012345号',
    police: '粤公网安备 44010602000123号',
    phones: ['020-38622000'],
  },
}
export const RIGHT = {
  code: '网站标识码：4401060001',
  icp: '粤ICP备05012345号',
  police: '粤公网安备 44010602000123号',
  unit: '主办单位：天河区人民政府办公室',
  contact: '联系电话：020-38622000',
  map: '<a href="/wzdt/index.html">网站地图</a>',
  official:
    '<span id="_ideConac"><a href="http://bszs.conac.cn/sitename?method=show&id=1"><img src="/red.png"></a></span>',
  report:
    '<script id="_jiucuo_" sitecode="4401060001" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>',
}
type Part = keyof typeof RIGHT
const PARTS = Object.keys(RIGHT) as Part[]
const NEWS =
  '<div class="main"><ul><li><a href="/a/1.html">关于开展政府网站检查工作的通知</a></li><li><a href="/a/2.html">关于推进政务公开的意见</a></li></ul></div>'

/** As templates of sites lay out their feet. */
const LAYOUTS: readonly ((parts: readonly string[]) => string)[] = [
  (parts) => `<div class="footer"><p>${parts.join('　')}</p></div>`,
  (parts) => `<div id="foot">${parts.map((one) => `<p>${one}</p>`).join('')}</div>`,
  (parts) => `<footer><ul>${parts.map((one) => `<li>${one}</li>`).join('\n')}</ul></footer>`,
  (parts) => `<table><tr>${parts.map((one) => `<td align="center">${one}</td>`).join('')}</tr></table>`,
  (parts) => `<div class="bottom"><font size="2">${parts.join('&nbsp;&nbsp;|&nbsp;&nbsp;')}</font></div>`,
  (parts) => `<center>${parts.join('<br />')}</center>`,
  (parts) => `<div><span>${parts.join('</span><span>')}</span></div>`,
  (parts) => `<DIV CLASS=foot>\n\t${parts.join('\n\t')}\n</DIV>`,
]

export const page = (foot: string, main = NEWS) =>
  `<html><head><title>天河区人民政府</title></head><body>${main}${foot}</body></html>`
export const said = (
  rule: string,
  html: string,
  change: Partial<Registered> = {},
  unseen: Imprint['unseen'] = null,
): Outcome => {
  const imprint = readImprint([html], { title: '天河区人民政府', unseen })
  const checks = crossChecks({ ...REGISTER, ...change }, imprint, REGISTER.url)
  const limits = inspectionRule(rule)?.limits ?? {}
  return (
    MARK_JUDGES[rule]?.({ url: REGISTER.url, registered: REGISTER.url, imprint, checks }, limits) ?? {
      outcome: 'unmeasured',
      reason: '',
    }
  )
}
/** Every layout with what a foot says, but for one part, which says `instead`. */
const feet = (part: Part, instead: readonly string[], main?: string) =>
  instead.flatMap((one) =>
    LAYOUTS.map((layout) => page(layout(PARTS.map((name) => (name === part ? one : RIGHT[name]))), main)),
  )
/** What stands there in place of a part, and is none; and what is one, however it is written. */
const TABLE: Readonly<
  Record<Part, { readonly planted: readonly string[]; readonly clean: readonly string[] }>
> = {
  official: {
    planted: [
      '',
      '<!-- <a href="http://bszs.conac.cn/sitename?method=show&id=1"><img src="/red.png"></a> -->',
      '<a href="http://www.conac.cn/news/123.html">党政机关网站标识管理办法发布</a>',
      '<a href="/a/3.html" title="关于加挂党政机关网站标识的通知">关于加挂党政机关网站标识的通知</a>',
    ],
    clean: [
      RIGHT.official,
      `<script>document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src=' http://dcs.conac.cn/js/24/356/2168/40584250/CA2435.js' type='text/javascript'%3E%3C/script%3E"));</script>`,
      '<script src="//dcs.conac.cn/js/28/000/0000/60619479/CA28.js"></script>',
      '<img src="/images/zfbs.png" alt="党政机关">',
      "<A HREF='HTTP://BSZS.CONAC.CN/sitename?method=show'><IMG SRC=/red.png></A>",
      '<a target="_blank" href=http://bszs.conac.cn/sitename?method=show&id=2><img border=0 src=red.png></a>',
    ],
  },
  report: {
    planted: [
      '',
      '<!--<a href="http://121.43.68.40/exposure/jiucuo.html?site_code=4401060001">找错</a>-->',
      '<a href="/a/9.html">“我为政府网站找错”工作情况通报</a>',
      '<a href="/jubao.html">违法和不良信息举报</a>',
    ],
    clean: [
      RIGHT.report,
      '<a href="http://121.43.68.40/exposure/jiucuo.html?site_code=4401060001&url=http%3A%2F%2Fwww">找错</a>',
      '<script src="https://pucha.kaipuyun.cn/exposure/jiucuo.js" id="_jiucuo_" sitecode="4401060001"></script>',
      '<a href="#" onclick="zc()"><img src="/i/zc.png" alt="我为政府网站找错"></a>',
      '<a href="javascript:zc()">我为政府网站找错</a>',
      '<a href="javascript:;"><b>&nbsp;“我为政府网站找错”&nbsp;</b></a>',
    ],
  },
  map: {
    planted: [
      '',
      '<a href="/ditu.html">天河区地图</a>',
      '<!-- <a href="/map.html">网站地图</a> -->',
      '<a href="/a/7.html">新版网站地图上线</a>',
    ],
    clean: [
      RIGHT.map,
      '<a href="/map.html">站点地图</a>',
      '<a href="/sitemap.html"><img src="m.gif"></a>',
      '<a href="/x.html" title="网站导航">导航</a>',
      '<a href="/node_12.htm"><span> 网站地图 </span></a>',
      '<A HREF="/x.html">SITEMAP</A>',
    ],
  },
  code: {
    planted: [
      '',
      '网站标识码：4401060002',
      '网站标识码： 4401050001',
      '标识码:bm44010600',
      '政府网站标识码 1234567890',
      '网站标识码：440106000１'.replace('１', '9'),
    ],
    clean: [
      RIGHT.code,
      '网站标识码:4401060001',
      '标识码： <a href="#">4401060001</a>',
      '<script src="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=4401060001"></script>',
      '政府网站标识码：４４０１０６０００１',
      '网站标识码&nbsp;4401060001',
    ],
  },
  icp: {
    planted: ['', '粤ICP备05054321号', '京ICP备05012345号', '粤ICP备 15012345 号-1'],
    clean: [
      RIGHT.icp,
      '粤ICP备05012345号-1',
      '粤ICP备 05012345号',
      '<a href="http://www.beian.miit.gov.cn">粤ICP备05012345</a>',
      '备案号：粤icp备05012345号',
      'ICP备案：粤ＩＣＰ备05012345号 粤ICP备05012345号',
    ],
  },
  police: {
    planted: [
      '',
      '粤公网安备 44010602000124号',
      '京公网安备 44010502000999号',
      '<img src="gongan.png" alt="公安备案">',
    ],
    clean: [
      RIGHT.police,
      '粤公网安备44010602000123号',
      '粤公网安备 44010602000123',
      '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=44010602000123"><img src="ga.png"><span>粤公网安备 44010602000123号</span></a>',
      '粤公网安备&nbsp;44010602000123号'.replace('&nbsp;', ' '),
      '<p>粤公网安备 44010602000123号</p>',
    ],
  },
  unit: {
    planted: [
      '',
      '主办单位：天河区教育局',
      '主办：越秀区人民政府办公室',
      '承办单位：天河区政务服务数据管理局',
      '主办单位：越秀区政府办公室',
      '主办单位：天河区人民医院办公室',
    ],
    clean: [
      RIGHT.unit,
      '主办：天河区人民政府办公室',
      '主办单位: <a href="/">天河区人民政府办公室</a>',
      '网站主办单位：天河区人民政府办公室 承办：信息中心',
      '主办单位：广州市天河区人民政府办公室',
      '主办单位：<font>天河区人民政府办公室</font>',
      '主办单位：天河区政府办公室',
      '主办：广州市天河区政府办公室',
    ],
  },
  contact: {
    planted: ['', '邮编：510655', '地址：广州市天河区天府路1号', '访问量：38622000', 'Hotel：38622000'],
    clean: [
      RIGHT.contact,
      '电话：38622000',
      '服务热线：12345',
      '<a href="/lxwm.html">联系我们</a>',
      '咨询电话:（020）38622000',
      '总机：020-38622000',
      '总　机：38622000',
      'Tel：020-38622000',
      'TEL 020-38622000',
      '<a href="/c.html">联系方式</a>',
    ],
  },
}

export const FEET = PARTS.map((part) => {
  const { planted, clean } = TABLE[part]
  return tableOf(
    `mark-${part}`,
    feet(part, planted),
    feet(part, clean),
    (html) => said(`mark-${part}`, html).outcome,
  )
})
