import type { FleetColumn, Item } from '../fleet/publishing.ts'
import { type CalendarDay, calendarDay } from './calendar.ts'
import { choose, pick } from './random.ts'

/** Composed and harmless: no real event, person or document is meant. */
const TOPICS =
  '安全生产 防汛防台风 生活垃圾分类 就业服务 社区卫生服务 食品安全 文明创建 道路养护 河涌整治 义务植树 老旧小区微改造 便民服务 消防安全 ' +
  '防溺水宣传 志愿服务 公共法律服务 全民阅读 非遗展示 环境卫生整治 营商环境优化 政务公开 网络安全宣传 科普宣传 无偿献血 养老服务 校园周边整治 ' +
  '交通秩序整治 电动自行车管理 登革热防控 爱国卫生 绿化养护 供水管网改造 停车管理 文化惠民演出 人才招聘 职业技能培训 统计调查 档案管理 信访接待 ' +
  '残疾人服务 防灾减灾演练 烟花爆竹禁放 流动人口服务 气象灾害预警 公园提升改造 农贸市场升级 社区体育 图书漂流 反诈宣传 噪声污染防治'
const topics = TOPICS.split(' ')

/** {u} unit, {t} topic, {y} year, {z} next year, {m} month, {n} number. */
const PATTERNS: Record<FleetColumn, readonly string[]> = {
  news: [
    '{u}召开{t}工作推进会',
    '{u}开展{t}专项检查',
    '{u}组织{t}主题活动',
    '{u}到基层调研{t}工作',
    '{u}扎实推进{t}工作',
    '{t}宣传活动走进社区',
    '{u}举办{t}业务培训班',
    '{u}多措并举做好{t}工作',
    '{u}联合多部门开展{t}行动',
    '{t}工作取得阶段性成效',
    '{u}召开{y}年第{n}次{t}联席会议',
    '{u}部署{m}月份{t}重点任务',
  ],
  notice: [
    '关于开展{y}年{t}工作的通知',
    '关于{t}有关事项的通告',
    '{t}项目采购公告（第{n}次）',
    '关于{t}拟表彰名单的公示',
    '{u}关于{y}年{m}月{t}情况的通报',
    '关于调整{t}窗口服务时间的公告',
    '{t}专项资金安排公示（{y}年第{n}批）',
    '关于征集{t}意见建议的公告',
  ],
  policy: [
    '关于印发《{t}管理办法》的通知（穗府办〔{y}〕{n}号）',
    '《{t}实施方案》解读',
    '{t}暂行规定（自{z}年1月1日起施行）',
    '关于加强{t}工作的若干意见',
  ],
  personnel: [
    '{u}{y}年公开招聘编外人员公告',
    '{u}拟任职人员公示（{y}年第{n}号）',
    '{u}招聘{t}工作人员面试公告',
  ],
  plan: ['{y}年{t}工作计划', '{u}{y}年度部门预算', '{y}年{t}统计公报', '{t}三年行动计划（{y}—{z}年）'],
}

/** A matter of daily life, for what is neither an item nor a paragraph. */
export const topicOf = (salt: number, number: number): string => pick(topics, salt, number, 43)

/** The title of an item: the same for the home page, the list and the article. */
export function titleOf(item: Item, unit: string, salt: number): string {
  const date = calendarDay(item.day)
  return fill(pick(PATTERNS[item.column], salt, item.id, 41), unit, date, salt, item.id)
}

/** Three to six paragraphs in the voice of a short report. */
export function paragraphsOf(item: Item, unit: string, salt: number): string[] {
  const date = calendarDay(item.day)
  const count = 3 + choose(4, salt, item.id, 42)
  return Array.from({ length: count }, (_, index) =>
    [0, 1, 2]
      .map((part) => pick(SENTENCES, salt, item.id, index, part))
      .map((sentence, part) => fill(sentence, unit, date, salt, item.id + index * 7 + part))
      .join(''),
  )
}

const SENTENCES = [
  '为进一步做好{t}工作，{u}结合实际制定了具体措施。',
  '活动现场，工作人员向居民发放宣传资料，并解答了群众关心的问题。',
  '会议要求，各有关单位要压实责任，加强协作，确保各项任务按时完成。',
  '下一步，{u}将继续推进{t}各项工作，不断提升服务水平。',
  '据介绍，今年以来已累计开展{t}活动{n}场次，受到群众欢迎。',
  '请各单位于{m}月底前将有关材料报送至{u}。',
  '相关情况可在办公时间到服务窗口咨询，也可通过网站留言反映。',
  '检查组实地查看了现场，对发现的问题提出了整改意见，并要求限期完成。',
]

function fill(pattern: string, unit: string, date: CalendarDay, salt: number, number: number): string {
  const words: Record<string, string> = {
    u: unit,
    t: pick(topics, salt, number, 43),
    y: String(date.year),
    z: String(date.year + 1),
    m: String(date.month),
    n: String(1 + choose(30, salt, number, 44)),
  }
  return pattern.replace(/\{(\w)\}/g, (_, key: string) => words[key] ?? '')
}
