/**
 * Why a date is not believed, told by what stands around it. `weekday`, `clock_name`: a clock by its weekday or the name of its
 * element, unless a list repeats it; `after_clock`: a clock stands before it, unless it is one of a list.
 */
export type Doubt =
  | 'header_clock'
  | 'weekday'
  | 'clock_name'
  | 'after_clock'
  | 'copyright'
  | 'period'
  | 'weather'
  | 'letter'
  | 'stamp'
  | 'countdown'

const OF_CLOCKS: ReadonlySet<string> = new Set(['weekday', 'clock_name', 'after_clock'])

/** Why a date is not believed, as people are told. */
export function reasonOf(doubt: string): string {
  return OF_CLOCKS.has(doubt) ? 'header_clock' : doubt
}

/** The weather and the air, as boxes of a page tell them; news about them say it in longer sentences. */
const WEATHER =
  /天气(?:预报|实况|[:：])|[:：，, ](?:晴|多云|阴|小雨|中雨|大雨|阵雨)(?:转|[，,。 ]|$)|\d ?℃|°C|气温|湿度|风力|[东南西北]风\d|空气质量(?!状况|[周月年]报|排名|通报|报告)|AQI|PM ?(?:2\.5|10)|首要污染物|气象台|紫外线|[蓝黄橙红]色预警|预警信号/i
/** The reply to a letter stands beside its date, as a state. */
const LETTER_STATE =
  /^[[(（【]?(?:已|未|待|正在)?(?:回复|答复|办结|受理|处理|办理|采纳|转办)(?:中|完毕|完成)?[\])）】]?$/
const COUNTDOWN = /倒计时|距离?[^。，]{0,20}(?:还有|剩余?)|还有 ?\d* ?天/
const STAMP =
  /(?:页面?|网站|文件)生成|(?:本页面?|本网?站|网站|页面)(?:最[后近新])?更新|生成(?:时间|于)|produced by|publishdate|generated|processed in|页面执行|缓存时间|版本号?[:： ]/i
/** Titles of the address of a portal or a service: no news stands behind them. */
const PORTAL =
  /(?:网站|官网|门户|门户网|平台|入口|大厅|系统|信箱|邮箱|频道|网|客户端|(?:客户端|APP|软件)下载|公众号|办公室|有限公司)$|政务服务|无障碍|关怀版|适老|English|ICP ?备|公网安备|网站标识码|技术支持/i
const PORTAL_TITLE = 16

/**
 * What the last texts before a date make of it.
 * @param trail the texts before, the nearest last, and the text in which it stands up to the date.
 */
export function doubtOfTrail(trail: string): Doubt | null {
  if (trail === '') return null
  if (STAMP.test(trail.slice(-40))) return 'stamp'
  if (COUNTDOWN.test(trail.slice(-50))) return 'countdown'
  return WEATHER.test(trail) ? 'weather' : null
}

/** 「网友：…」: what visitors wrote. */
const VISITOR = /^(?:网友|游客|匿名|会员|网民)[\w*]{0,12} ?(?:[:：说]|\d)/

/** True for a line that a visitor wrote. */
export function isOfVisitor(text: string): boolean {
  return VISITOR.test(text)
}

/** True for 「已回复」 and its kin in an element of their own. */
export function isLetterState(text: string): boolean {
  return text.length <= 8 && LETTER_STATE.test(text)
}

/** True for words about the weather or the air. */
export function isOfWeather(text: string): boolean {
  return WEATHER.test(text)
}

/** What is published about a month or a year, or by its number, is no forecast. */
const REPORT =
  /关于|\d月份?|季度|年度|半年|[周月年]报|公报|通报|报告|排名|第 ?[\d〇零一二三四五六七八九十百]{1,6} ?期/

/** True for a title that is a line about the weather. */
export function isWeatherTitle(title: string): boolean {
  return (
    title.length <= 40 &&
    (title.includes('天气') || title.includes('空气')) &&
    !REPORT.test(title) &&
    /^[^，。]{0,12}(?:天气预报|天气[:：]|空气质量(?:[:：]|预报|日报|指数|状况))/.test(title)
  )
}

/** True for the name of a site, a service or a company rather than the title of something published. */
export function isPortalTitle(title: string): boolean {
  return title.length <= PORTAL_TITLE && PORTAL.test(title)
}
