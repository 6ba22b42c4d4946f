import { withCheckDigit } from '../../fleet/pages/content/faults.ts'
import { listOf, ok, pageOf, type Variant, wellKept } from '../showing.ts'
import { homeShown } from '../shown.ts'

/* What intruders and careless people leave on a page. Hosts under `.test` are nobody's (RFC 6761); persons are made up. */

type Made = Readonly<
  Record<string, { readonly top?: string; readonly head?: string; readonly title?: string }>
>

const BETTING =
  '<a href="http://www.qx778.test/">澳门新葡京官网</a><a href="http://vip.kk990.test/">真人视讯开户</a>'
const HIDDEN_FAULTS: Made = {
  hiddenByStyle: { top: `<div style="display:none">${BETTING}</div>` },
  hiddenOffScreen: { top: `<div style="position:absolute;left:-9999px">${BETTING}</div>` },
  hiddenBySize: { top: `<span style="font-size:0">${BETTING}</span>` },
  hiddenBySheet: { head: '<style>.qz{text-indent:-9999px}</style>', top: `<p class="qz">${BETTING}</p>` },
  hiddenByScript: {
    top: `<script>document.write('<div style="display:none"><a href="http://www.qx778.test/">六合彩</a></div>')</script>`,
  },
}
const HIDDEN_LOOK_ALIKES: Made = {
  hiddenMenu: { top: '<ul class="menu" style="display:none"><li><a href="zwgk.html">政务公开</a></li></ul>' },
  hiddenFriends: {
    top: '<div class="yqlj" style="display:none"><a href="http://www.library.test/">图书馆</a><a href="http://www.museum.test/">博物馆</a></div>',
  },
  hiddenNewsOfBetting: {
    top: '<div class="tab" style="display:none"><a href="t1.html">打击网络赌博专项行动</a></div>',
  },
  hiddenLottery: {
    top: '<div style="display:none"><a href="http://www.lottery.test/">中国体育彩票</a></div>',
  },
  seenLinkOut: { top: '<a href="http://www.library.test/">示例图书馆</a>' },
}

const FOREIGN_FAULTS: Made = {
  foreignTitle: { title: '澳门新葡京_百家乐在线' },
  foreignSpaced: { title: '百 家 乐 - 校验站示例单位' },
  foreignKeywords: { head: '<meta name="keywords" content="百家乐,真人视讯,注册送彩金">' },
  foreignDescription: { head: '<meta name="description" content="六合彩开奖结果 时时彩平台">' },
  foreignEncoded: { title: '&#30334;&#23478;&#20048;' },
}
const FOREIGN_LOOK_ALIKES: Made = {
  againstBetting: { title: '严厉打击网络赌博违法犯罪_校验站示例单位' },
  warnsOfBetting: { title: '警惕“百家乐”等网络赌博陷阱' },
  lotteryOffice: { title: '中国福利彩票双色球公益金使用情况' },
  placeName: { title: '太阳城社区卫生服务中心' },
  plainKeywords: { head: '<meta name="keywords" content="示例单位,政务公开,办事服务">' },
}

const ID = withCheckDigit('44010619480101003')
const table = (head: readonly string[], ...rows: readonly (readonly string[])[]) =>
  `<table><tr>${head.map((one) => `<th>${one}</th>`).join('')}</tr>${rows
    .map((row) => `<tr>${row.map((one) => `<td>${one}</td>`).join('')}</tr>`)
    .join('')}</table>`
const PERSONAL_FAULTS: Made = {
  identityInText: { top: `<p>申请人：王小明，身份证号：${ID}</p>` },
  identitySpaced: { top: `<p>证件号码 ${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}</p>` },
  identityInTable: { top: table(['序号', '姓名', '身份证号'], ['1', '李丽', ID]) },
  mobileOfPerson: { top: '<p>联系人：王小明 13800138000</p>' },
  mobilesInTable: { top: table(['姓名', '手机'], ['李丽', '13800138000'], ['张建国', '13922223333']) },
}
const PERSONAL_LOOK_ALIKES: Made = {
  identityMasked: { top: `<p>身份证号：${ID.slice(0, 6)}********${ID.slice(14)}</p>` },
  officePhone: { top: '<p>服务热线：13800138000，监督电话：020-00000000</p>' },
  creditCode: { top: '<p>统一社会信用代码：12440100455345123X</p>' },
  projectNumber: { top: '<p>招标编号：440106198506121230</p>' },
  identityExample: { top: `<p>填写示例：身份证号 ${ID}</p>` },
}

const WORD_FAULTS: Made = {
  wrongGovernment: { top: '<p>依照人名政府有关规定办理。</p>' },
  wrongRule: { top: '<p>深入贯彻依法制国要求。</p>' },
  wrongVillage: { top: '<p>扎实推进乡村震兴各项工作。</p>' },
  wrongReview: { top: '<p>可以依法申请行政复义。</p>' },
}
const WORD_LOOK_ALIKES: Made = {
  rightGovernment: { top: '<p>依照人民政府有关规定办理。</p>' },
  rightStandard: { top: '<p>依法制国家标准。</p>' },
  rightVillage: { top: '<p>扎实推进乡村振兴各项工作。</p>' },
  rightPlace: { top: '<p>上海市黄浦区与本区结对。</p>' },
}

const of = (rule: string, made: Made, isFault: boolean): Variant[] =>
  Object.entries(made).map(([what, parts]) => ({
    ...{ rule, what, isFault },
    show: homeShown((asked) => ok(pageOf({ list: listOf(wellKept(asked)), ...parts }))),
  }))

/** Rules of the safety of content that look at single pages. */
export const CONTENT_VARIANTS: readonly Variant[] = [
  ...of('hidden-links', HIDDEN_FAULTS, true),
  ...of('hidden-links', HIDDEN_LOOK_ALIKES, false),
  ...of('foreign-words', FOREIGN_FAULTS, true),
  ...of('foreign-words', FOREIGN_LOOK_ALIKES, false),
  ...of('personal-data', PERSONAL_FAULTS, true),
  ...of('personal-data', PERSONAL_LOOK_ALIKES, false),
  ...of('wrong-words', WORD_FAULTS, true),
  ...of('wrong-words', WORD_LOOK_ALIKES, false),
]
