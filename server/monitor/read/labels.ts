import { lookOf } from './page/text.ts'

/**
 * What the words before a date say it is, strongest first; `vague` is a time of something that no rule knows, `other` a
 * date of the matter, never of the page.
 */
export type Label = 'publish' | 'posted' | 'plain' | 'update' | 'written' | 'vague' | 'letter' | 'other'

const PUBLISH = /(?:发布|发表|发稿|刊发|刊登|登载)的?(?:时间|日期|于|日)$|(?:公布|公开)(?:时间|日期)$|首发于$/
/** The verb alone is one where nothing but who did it stands before it: 「统计公报发布」 is a title. */
const BARE_PUBLISH = /^(.*?)(?:发布|发表|发稿|刊发|刊登|登载)$/
const PUBLISHER =
  /^(?:由|已|文章|信息|新闻|本文|本条目|管理员|小编|编辑|本站|本网|网站|原文|首次|最[新后近]|.{1,9}(?:局|委|办|办公室|厅|政府|镇|街道|网))?$/
const POSTED =
  /(?:上传|录入|添加|入库|上网|挂网|创建|信息|新闻|文章|公告|稿件)(?:时间|日期)$|(?:上传|录入|添加|创建|提交|推送|转发|刊载)于$/
const UPDATE = /(?:更新|修改|编辑|修订)(?:时间|日期|于)?$/
/** When somebody printed the page. */
const PRINTED = /(?:打印|列印)[于日]?$/
/** When the document was written or signed: near the publish date, not it. */
const WRITTEN = /(?:成文|生成|印发|制定|签发|发文|落款|撰稿|撰写)(?:时间|日期)$/
/** When a citizen's letter was received or answered: the office has published nothing then. */
const LETTER =
  /(?:来信|写信|信件|投诉|留言|提问|咨询|反映|提交|回复|答复|回答|办结|受理|转办|交办|处理|办理)(?:时间|日期)$/
/** 「正文」 ends the steps to an article; a date behind it is the article's. */
const PLAIN = /^(?:时间|日期|日间|(?:文章)?正文|详情)$/
const VAGUE = /(?:时间|日期|日间)$/
/** 截止时间, 活动日期, 施行日期 and their kin: dates of the matter, not of the page. */
const MATTER =
  /(?:截止|截至|截|活动|报名|考试|会议|开会|召开|开庭|公示|公告期|征集|征求|办理|办公|工作|服务|上班|值班|举办|举行|开始|起始|结束|终止|起止|开标|投标|招标|采购|实施|施行|征订|执行|生效|失效|废止|有效|出生|任职|任期|成立|培训|面试|笔试|体检|申报|申请|缴费|查询|接待|访谈|直播|播出|比赛|演出|展览|到期|交易|成交|竣工|开工|立案|审理|判决|处罚|许可|决定|核准|登记|检查|监测|统计|数据|数据更新|价格|生产|检验|现在|当前|系统|北京|本地|服务器|今天|发生|事故|停水|停电|施工|打印|访问|创刊|建站|退休|参加|请求|响应|出错|错误|登录|登陆|在线|采集|拍摄|上市|上映|开放|营业|挂牌|到货|归档|入党|入学|毕业|放假|补课|(?:计划|预计)(?:完成|竣工|开工|完工|投产|整改))(?:的)?(?:时间|日期|期限)$|^(?:整改|办结|办理|完成|反馈|回复|答复|申报|上报|报送|处理)时限$|(?:截止|到期|失效|生效|施行|实施|开标|开庭)日$/
/** Words that turn a following date into part of a sentence. */
const CLAUSE = /(?:开始|结束|起始|至|到|截至|截止|自|从|于|在|前|为|期限|有效期|公示期|公告期)$/
/** Labels of English editions; a press release of Hong Kong closes with 「Ends/」 and its day. */
const ENGLISH: readonly (readonly [Label, RegExp])[] = [
  ['publish', /\bEnds ?\/$/i],
  [
    'other',
    /\b(?:deadline|closing|due|expir\w+|valid|effective|until|by|from|to|event|start|end|opening|current|local|today)(?: ?(?:date|time|on|at|is|from))?$/i,
  ],
  ['publish', /\b(?:publish(?:ed)?|releas(?:e|ed)|issued?)(?: ?(?:date|time|on|at))?$/i],
  ['posted', /\b(?:posted|added|uploaded)(?: ?(?:date|time|on|at))?$/i],
  ['update', /\b(?:updated?|modified|revised)(?: ?(?:date|time|on|at))?$/i],
  ['plain', /\b(?:date|time)$/i],
]
/** Labels of editions in Tibetan, Uyghur, Kazakh and Korean. */
const OTHER_SCRIPT = /[\u0600-\u06ff\u0f00-\u0fff\uac00-\ud7af]/
const OTHER_SCRIPTS: readonly (readonly [Label, RegExp])[] = [
  [
    'publish',
    /(?:སྤེལ་(?:བའི་)?དུས(?:་ཚོད)?|ئېلان (?:قىلىنغان |قىلغان )?ۋاقتى|جاريالانعان ۋاقىتى|(?:발표|게시|발행) ?(?:시간|일자?|날자))$/,
  ],
  ['posted', /(?:등록|작성|입력) ?(?:시간|일자?|날자)$/],
  ['plain', /(?:^|\s)(?:དུས་ཚོད|ཟླ་ཚེས|ۋاقتى|ۋاقىتى|چېسلا|날자|날짜|일자|시간)$/],
]
/** A weekday between a label and its date. */
const WEEKDAY_BEFORE = /(?:星期|周|週)[一二三四五六日天][\s,，]*$/
const TRAILING = /[\s:：;；|丨[【(（〔《<>«»·•\-—*#,，。།་]+$/
/** Templates space their labels out to align them: 时　间. */
const SPACED = /([时日发更]) +([间期布新])/g

const TRADITIONAL =
  '發佈時間來源刊登載公佈錄傳創編輯修訂製簽發復稱開報動會議舉實標試辦徵結聞訊檢處訴詢見統計數據務館練體壽'
const SIMPLIFIED =
  '发布时间来源刊登载公布录传创编辑修订制签发复称开报动会议举实标试办征结闻讯检处诉询见统计数据务馆练体寿'

/** Labels of pages in traditional characters, in simplified ones. */
function simplified(text: string): string {
  return /[發佈時間錄傳創編訂製簽開報動會辦實徵]/.test(text)
    ? text.replace(/[\u4e00-\u9fff]/g, (c) => SIMPLIFIED[TRADITIONAL.indexOf(c)] ?? c)
    : text
}

/** Reads the label at the end of `before`, the text in front of a date; null when it is none. */
export function labelOf(before: string): Label | null {
  if (before === '') return null
  const end = before.slice(-30).replace(WEEKDAY_BEFORE, '')
  const bare = simplified(end).replace(TRAILING, '').replace(SPACED, '$1$2')
  const last = /[\u4e00-\u9fa5]{1,12}$/.exec(bare)?.[0]
  if (last === undefined) {
    const known = OTHER_SCRIPT.test(bare) ? OTHER_SCRIPTS : ENGLISH
    return known.find(([, words]) => words.test(bare))?.[0] ?? null
  }
  if (PUBLISH.test(last) || PUBLISHER.test(BARE_PUBLISH.exec(last)?.[1] ?? '?')) return 'publish'
  if (PRINTED.test(last)) return 'other'
  if (LETTER.test(last)) return 'letter'
  if (MATTER.test(last)) return 'other'
  if (POSTED.test(last)) return 'posted'
  if (UPDATE.test(last)) return 'update'
  if (WRITTEN.test(last)) return 'written'
  if (PLAIN.test(last)) return 'plain'
  if (VAGUE.test(last)) return 'vague'
  return CLAUSE.test(last) ? 'other' : null
}

/** 「示例日报 2024年3月12日 星期二 第2108期」 */
const PAPER = /^《?[^。，,；《据见刊载于]{1,10}(?:报|刊|电子版|数字版)[》\s]/
const NUMBER = /第 ?\d{1,5} ?期[\s)）]*$/
/** Beside the day of a paper stand its weekday and its number, and nothing else. */
const MOST_BESIDE = 24

/** True for the day of a newspaper at its head, beside its number. */
export function isMasthead(before: string, after: string): boolean {
  if (before.length > MOST_BESIDE || after.length > MOST_BESIDE) return false
  return (
    PAPER.test(before) && (NUMBER.test(after) || (NUMBER.test(before) && !/[\u4e00-\u9fa5]{4}/.test(after)))
  )
}

/** The office or the account whose words these are. */
const ACCOUNT =
  /(?:^|\s)[\u4e00-\u9fa5\w]{1,8}(?:发布|政务|融媒|公安|交警|消防|教育|卫健|文旅|司法|检察|税务|气象|新闻|在线|广电|微讯|头条|传媒|日报|晚报|时报|电视台|微信|客户端|局|委|办|办公室|政府|街道|镇|中心|网)\s*$/

/** True for words that end in the name of an office or an account. */
export function isAccount(words: string): boolean {
  return ACCOUNT.test(words)
}

/** How a law came about: 「2024年3月12日」「市政府第8次常务会议通过」. */
const PASSED = [
  /^[^。；，,）)]{0,60}(?:会议?|大会)[^。；，,）)]{0,12}(?:通过|批准|修订|修正)/,
  /^[^。；，,）)]{0,30}令第?[^。；，,）)]{1,10}号(?:公布|发布)/,
  /^(?:起|公布|发布)?(?:施行|实施)/,
  /^[^。；，,）)]{0,12}《[^》]{2,40}》(?:修订|修正|修改)/,
]

/** True when what follows a day says that a law was passed, amended or came into force then. */
export function isOfPassing(after: string): boolean {
  const clause = after.slice(0, 90)
  return /^[\u4e00-\u9fa5《]/.test(clause) && PASSED.some((words) => words.test(clause))
}

/** The label behind a date: 「2024-03-12发布」. */
export function labelBehind(after: string): Label | null {
  if (after === '') return null
  return /^ ?(?:发布|发表|刊发|上传)(?=$|[\s\d)）\]】|｜,，。])/.test(after) ? 'publish' : null
}

/** True when the words around a date say it is a clock or a calendar, not a date of anything published. */
export function isClock(before: string, after: string): boolean {
  if (before === '' && after === '') return false
  return (
    /(?:报时(?!限)|今[天日]是?|现在是?|当前(?:时间|日期)?|北京时间|系统时间|欢迎[您你]?|您好|你好)[^。]{0,12}$/.test(
      before,
    ) ||
    /(?:星期|周|週)[一二三四五六日天]\s*$/.test(before) ||
    /^[\s,，(（]*(?:星期|[周週][一二三四五六日]|礼拜|禮拜|农历|農曆|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年)/.test(
      after,
    )
  )
}

const IMPRINT_LENGTH = 400

/** True for a line about rights, licences or the time a page was generated. */
export function isImprint(line: string): boolean {
  return (
    IMPRINT_LENGTH > line.length &&
    lookOf(line) !== 'figures' &&
    /网站标识码|版权所有|[Cc]opyright|COPYRIGHT|©|[Aa]ll [Rr]ights [Rr]eserved|ICP ?[备证]|公网安备|生成时间|页面执行/.test(
      line,
    )
  )
}

/** Class or id names of header clocks, which some templates give to the days of their lists, too. */
const CLOCK_NAME = /(?:^|[ _-])(?:local|now|cur(?:r?ent)?|top|sys|header|head|today)[_-]?(?:time|date|day)/i
/** Those of calendars and weather boxes. */
const CALENDAR_NAME = /(?:^|[ _])(?:clock|calendar)|weather|tianqi|datepicker|laydate|lunar/i

/** What the class and id of an element say of a date in it: that it is a clock's, or may be. */
export function clockNamed(names: string): 'header_clock' | 'clock_name' | null {
  if (CALENDAR_NAME.test(names)) return 'header_clock'
  return CLOCK_NAME.test(names) ? 'clock_name' : null
}
