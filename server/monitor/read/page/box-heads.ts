import { remembered } from '../../html/remembered.ts'
import { aroundItem, type Frame } from './frames.ts'
import type { BoxHead } from './page.ts'

/*
 * What stands at the head of a box says whose its items are: news, which people publish, or what a program shows by itself each
 * day, whether anybody still works on the site or not.
 */

const NEWS =
  /(?:动态|新闻|要闻|快讯|资讯|公告|通知|通告|公示|文件|政策|法规|公开|解读|(?<!便民|供求|二手|房产|数据)信息|专题|专栏|News|Notices?)$/i
const PROGRAM =
  /出诊|坐诊|门诊|专家|排班|价格|行情|报价|菜篮子|开奖|彩票|中奖|抽奖|来信|信件|留言|咨询|投诉|诉求|办件|受理|办结|值班|食谱|菜谱|水质|水位|水情|雨情|潮汐|空气|血库|库存|献血|余票|购票|预约|座位|车位|航班|列车|班次|公交|路况|热门|热搜|搜索|排行|招聘(?!公[告示])|求职|岗位|职位(?!公[告示])|信箱|实时(?!新闻|要闻|快讯|资讯|播报)|最近访问|成交|房源|监测|天气|预报|会员|用户|订单|签到/
/** Of these what has pages of its own, too: cases that people bring, what is measured or looked for, shifts. */
const LIVE =
  /来信|信件|信箱|留言|(?<!决策|专家|工程|管理)咨询(?!服务|研究|机构|报告)|投诉|诉求|办件|受理|办结|值班|门诊|出诊|坐诊|排班|菜篮子|行情|水情|雨情|水位|潮汐|空气|天气|实时|搜索|热搜|最近访问|注册用户|新用户|职位|求职/
/** … unless people write it up. */
const WRITTEN_UP = /(?:报|报告|播报)$/
/** Earthquakes as their network tells of them: even its 速报 is written by nobody; 「震情动态」 and 「震情信息」 are. */
const QUAKES = /地震(?:速报|目录)|最新震情$/
/** Characters of a head, and of one that could be no title. */
const MOST_HEAD = 10
const LEAST_TITLE = 6
/** Elements and names of heads, where templates have them. */
const HEAD_ELEMENT = /^(?:h[1-6]|dt|th|caption|legend|b|strong)$/
const HEAD_NAME = /tit|\bhd\b|head(?!er)|\btab|\bbt\b|lanmu|\blm|caption/i
/** A heading and 「更多」. */
const HEAD_TEXTS = 2

/**
 * A text may head the box around the element that it stands in: true, if it does. Another heading there ends what a program
 * shows.
 * @param hasWords it is not made of figures alone.
 */
export function takeBoxHead(stack: Frame[], text: string, hasWords: boolean): boolean {
  const head = text.length > MOST_HEAD ? null : hasWords ? kindOf(text, stack) : otherHead(text, stack)
  if (head === null && !isInHeading(stack)) return false
  const box = stack[stack.findLastIndex(({ tag }) => !tag.isInline) - 1]
  if (box && head !== null) box.head = head
  else if (box?.head === 'live') box.head = null
  return head !== null
}

function kindOf(text: string, stack: Frame[]): BoxHead | null {
  const { words, kind } = readHead(text)
  if (kind === 'program') return isLive(words, stack) ? 'live' : 'program'
  return kind ?? otherHead(words, stack)
}

const readHead = remembered((text: string): { words: string; kind: 'program' | 'news' | null } => {
  const words = text.replace(/[\s■▪●·【】[\]:：|>》]+/g, '')
  const isProgram = PROGRAM.test(words) || QUAKES.test(words)
  return { words, kind: isProgram ? 'program' : NEWS.test(words) ? 'news' : null }
}, MOST_HEAD)

function otherHead(words: string, stack: readonly Frame[]): BoxHead | null {
  return words.length < LEAST_TITLE && isInHeading(stack) ? 'other' : null
}

/** True in a heading or an element in one. */
function isInHeading(stack: readonly Frame[]): boolean {
  for (let up = 1; up <= 3; up++) if (stack.at(-up)?.tag.isHeading) return true
  return false
}

/** In a menu such words lead to what a program shows, and head nothing. */
function isLive(words: string, stack: readonly Frame[]): boolean {
  const isWritten = !LIVE.test(words) || NEWS.test(words) || WRITTEN_UP.test(words)
  if (isWritten && !QUAKES.test(words)) return false
  return stack.slice(-3).some(({ name, names }) => HEAD_ELEMENT.test(name) || HEAD_NAME.test(names))
}

/** What a box of nothing but a heading says is said of the box around it. */
export function passBoxHead(frame: Frame, parent: Frame | undefined): void {
  if (frame.head && parent && frame.name !== 'li' && frame.texts <= HEAD_TEXTS) parent.head = frame.head
}

/** The head of the innermost box around the item that is open now, so far; null: none has one. */
export function boxHeadOf(stack: Frame[]): BoxHead | null {
  for (let up = aroundItem(stack); up <= stack.length; up++) {
    const head = stack.at(-up)?.head
    if (head) return head
  }
  return null
}
