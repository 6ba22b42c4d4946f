import type { HostState, LinkManner } from '../../../shared/monitor/outbound/outbound-rules.ts'
import { chance } from './random.ts'

/** What a foreign host was from a day on. */
export interface ForeignChapter {
  /** Before today. */
  readonly daysAgo: number
  readonly state: Exclude<HostState, 'waiting'>
  readonly title: string
  readonly text: string
  /** The host that it sends its visitors on to. */
  readonly to?: string
}

/** A host outside the register that made-up sites link to. */
export interface ForeignHost {
  readonly host: string
  /** The words of the link. */
  readonly name: string
  /** Of the sites, so many link there. */
  readonly share: number
  readonly manner: Exclude<LinkManner, 'picture'>
  /** The oldest first; the last is so now. */
  readonly story: readonly ForeignChapter[]
}

const FOR = 200
const since = (state: ForeignChapter['state'], title: string, text = title): ForeignChapter => ({
  ...{ daysAgo: FOR, state, title, text },
})
const BETTING = '百家乐、真人荷官、体育投注，注册送彩金，提款三分钟到账。'
const VIDEO = '成人视频在线观看，无码高清，每日更新。'

/** Names under `.test` are nobody's (RFC 6761): their domains are gone. */
export const FOREIGN: readonly ForeignHost[] = [
  {
    ...{ host: 'www.lingnan-tour.localhost', name: '岭南旅游网', share: 0.06, manner: 'link' },
    story: [
      since('fine', '岭南旅游网－景区门票、线路、攻略'),
      { daysAgo: 6, state: 'hijacked', title: '澳門新葡京－真人荷官在线开户', text: BETTING },
    ],
  },
  {
    ...{ host: 'www.yc-jobhunt.localhost', name: '羊城求职网', share: 0.04, manner: 'link' },
    story: [
      since('fine', '羊城求职网 - 招聘会、简历、职位'),
      {
        daysAgo: 34,
        state: 'parked',
        title: 'yc-jobhunt 域名出售',
        text: '此域名可出售，联系经纪人购买此域名。This domain is for sale.',
      },
    ],
  },
  {
    ...{ host: 'www.expo-guide.test', name: '广交展会通', share: 0.03, manner: 'link' },
    story: [since('fine', '广交展会通'), { daysAgo: 18, state: 'dead', title: '', text: '' }],
  },
  {
    ...{ host: 'stat.visitor-log.test', name: '访问统计', share: 0.015, manner: 'script' },
    story: [since('fine', '访问统计'), { daysAgo: 3, state: 'dead', title: '', text: '' }],
  },
  {
    ...{ host: 'www.old-clips.localhost', name: '城市宣传片', share: 0.02, manner: 'link' },
    story: [
      since('fine', '城市宣传片展播'),
      { daysAgo: 80, state: 'hijacked', title: '城市宣传片｜成 人 视 频 在线', text: VIDEO },
      { daysAgo: 61, state: 'fine', title: '城市宣传片展播', text: '城市宣传片展播，由新的运营单位维护。' },
    ],
  },
  {
    ...{ host: 'www.health-family.localhost', name: '卫生和计划生育', share: 0.12, manner: 'link' },
    story: [
      since('fine', '卫生和计划生育委员会'),
      {
        daysAgo: 120,
        state: 'moved',
        title: '卫生健康委员会',
        text: '卫生健康委员会门户网站',
        to: 'wjw.health.localhost',
      },
    ],
  },
  {
    ...{ host: 'www.zhujiang-daily.localhost', name: '珠江新闻在线', share: 0.25, manner: 'link' },
    story: [since('fine', '珠江新闻在线 第 18204 期', '警方打击网络赌博，捣毁境外博彩网站窝点。')],
  },
  {
    ...{ host: 'www.weather-box.localhost', name: '天气预报', share: 0.2, manner: 'frame' },
    story: [since('fine', '天气预报', '多云转晴，气温 18 到 26 度。')],
  },
  {
    ...{ host: 'www.welfare-lottery.localhost', name: '福利彩票发行中心', share: 0.05, manner: 'link' },
    story: [since('fine', '中国福利彩票发行中心', '福利彩票开奖公告，公益金使用情况。')],
  },
  {
    ...{ host: 'www.clean-net.localhost', name: '扫黄打非网', share: 0.04, manner: 'link' },
    story: [
      since('fine', '扫黄打非网：打击网络赌博和色情网站', '举报色情网站、网络赌博平台，请拨打举报电话。'),
    ],
  },
  {
    ...{ host: 'www.tender-loop.localhost', name: '招标采购公告', share: 0.03, manner: 'link' },
    story: [
      since('fine', '招标采购公告'),
      { daysAgo: 25, state: 'unopened', title: '', text: '', to: 'www.tender-loop.localhost' },
    ],
  },
  {
    ...{ host: 'www.xn--cjrt4w1na78t.localhost', name: '广州文化', share: 0.02, manner: 'link' },
    story: [since('fine', '广州文化')],
  },
]

/** The chapter that a host is in at an instant. */
export const chapterOf = ({ story }: ForeignHost): ForeignChapter => story.at(-1) ?? since('fine', '')

/** The foreign hosts that a site links to, by its salt. */
export const foreignOf = (salt: number): ForeignHost[] =>
  FOREIGN.filter(({ share }, n) => chance(salt, 96, n) < share)
