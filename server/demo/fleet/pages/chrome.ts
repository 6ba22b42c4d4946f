import { calendarDay } from '../../cast/calendar.ts'
import { type DemoImprint, imprintOf } from '../../cast/imprint.ts'
import { chance, choose, pick } from '../../cast/random.ts'
import type { DemoSite } from '../../cast/register.ts'
import type { HeaderClock } from '../../cast/traits.ts'
import type { Behaviour } from '../script.ts'
import { foreignLinks } from './foreign.ts'

/** Pages that stand beside the columns, by the name in their address. */
export const PLAIN_PAGES: Readonly<Record<string, string>> = {
  leaders: '领导之窗',
  offices: '机构设置',
  duties: '主要职能',
  index: '信息公开目录',
  guides: '办事指南',
  forms: '表格下载',
  query: '网上查询',
  mailbox: '领导信箱',
  interviews: '在线访谈',
  surveys: '民意征集',
  contact: '联系我们',
  map: '网站地图',
}

/** The services of which there is a guide, by its number. */
export const GUIDES =
  '居住证办理,生育登记,社保查询,公积金提取,低保申请,老年人优待卡,就业登记,失业登记,食品经营许可,个体户登记,户口迁移,身份证换领,' +
  '婚姻登记预约,法律援助申请,残疾人证办理,入学报名,停车投诉,公租房申请,医疗救助,计划生育证明,道路占用许可,排水许可,林木采伐许可,投诉举报'

/** What some call the map of their site, so that nobody finds it. */
const ALL_COLUMNS = '全部栏目'
const WEEKDAYS = '一二三四五六日'

/** The menu of a site: its columns and the plain pages. @param isNamed the search field has a name for who does not see it. */
export function navigation(
  columns: readonly { name: string; href: string }[],
  home: string,
  { hasMap, isNamed }: { readonly hasMap: boolean; readonly isNamed: boolean },
): string {
  const items = [
    { name: '首页', href: home },
    ...columns,
    ...Object.entries(PLAIN_PAGES).map(([slug, name]) => ({
      name: slug === 'map' && !hasMap ? ALL_COLUMNS : name,
      href: plainPath(slug),
    })),
  ]
  const links = items.map(({ name, href }) => `<li><a href="${href}">${name}</a></li>`)
  return `<div class="nav" id="nav"><ul>${links.join('')}</ul></div>
<div class="search"><form action="/about/query.html" method="get"><input type="text" name="q" value="请输入关键字"${isNamed ? ' title="站内搜索"' : ''} /><input type="submit" value="搜索" /></form></div>`
}

export function plainPath(slug: string): string {
  return `/about/${slug}.html`
}

/** The services box of a home page. */
export function services(): string {
  const links = GUIDES.split(',').map(
    (name, number) =>
      `<a class="fw" href="${plainPath(`guide-${number + 1}`)}"><img src="/images/fw${number + 1}.png" alt="${name}" /><span>${name}</span></a>`,
  )
  return `<div class="fuwu"><h3>办事服务</h3>${links.join('\n')}</div>`
}

/** One site in forty still links to special subjects that are gone. */
export function deadSubjects(salt: number): number {
  return chance(salt, 61) < 0.025 ? 1 + choose(6, salt, 62) : 0
}

/** Special subjects; those that are gone come first. */
export function subjects(salt: number): string {
  const dead = deadSubjects(salt)
  const links = Array.from({ length: 6 }, (_, number) => {
    const slug = number < dead ? `closed-${number + 1}` : `subject-${number + 1}`
    return `<a href="/zt/${slug}.html" target="_blank"><img src="/images/zt${number + 1}.jpg" width="230" height="60" alt="专题${number + 1}" /></a>`
  })
  return `<div class="zhuanti"><h3>专题专栏</h3>${links.join('\n')}</div>`
}

/** Links to other sites, in a list box as these sites have it, and to others outside. */
export function friends(sites: readonly DemoSite[], salt: number): string {
  const count = 20 + choose(50, salt, 63)
  const options = Array.from({ length: count }, (_, number) => {
    const { scheme, host, name } = pick(sites, salt, number, 64)
    return `<option value="${scheme}://${host}/">${name}</option>`
  })
  return `<div class="links"><select title="友情链接" onchange="window.open(this.value)"><option>--友情链接--</option>${options.join('\n')}</select></div>${foreignLinks(salt)}`
}

/** "今天是…": the date of the day of the visit, which says nothing about the site's items. */
export function headerClock(clock: HeaderClock, today: number): string {
  if (clock === 'none') return ''
  if (clock === 'script') {
    return `<script type="text/javascript">var d=new Date(),w="日一二三四五六";document.write("今天是："+d.getFullYear()+"年"+(d.getMonth()+1)+"月"+d.getDate()+"日 星期"+w.charAt(d.getDay()));</script>`
  }
  const { year, month, day, weekday } = calendarDay(today)
  return `<span id="today">今天是：${year}年${month}月${day}日　星期${WEEKDAYS[weekday]}</span>`
}

/** What title and foot of a site's pages say of it. */
export const marksOf = ({ site, behaviour: { publisher } }: Drawn): DemoImprint =>
  imprintOf(site, publisher.cast.sites, publisher.salt)
interface Drawn {
  readonly site: DemoSite
  readonly behaviour: Pick<Behaviour, 'publisher'>
}

const OFFICIAL = '<span id="_ideConac"><img src="/images/red.png" alt="党政机关" /></span>'
const REPORT = '<img src="/images/jiucuo.png" alt="我为政府网站找错" style="cursor:pointer" />'

/** The foot of each page: who it is of, and what it is filed under. */
export function footer({ code, icp, police, unit, phone, marks }: DemoImprint, visits: string): string {
  const filed = [code && `网站标识码：${code}`, icp, police].filter((one) => one !== null)
  const called = phone ? `　联系电话：${phone}` : ''
  return `<div class="footer"><p>主办单位：${unit}　承办：${unit}信息中心${called}　<a href="${plainPath('contact')}">联系我们</a>${marks.includes('map') ? `　<a href="${plainPath('map')}">网站地图</a>` : ''}</p>
<p>${filed.join('　')}${marks.includes('official') ? OFFICIAL : ''}${marks.includes('report') ? REPORT : ''}</p>
<p>版权所有 Copyright &copy; 2009-2016　建议使用IE8.0以上浏览器、1024×768以上分辨率浏览　${visits}</p></div>`
}

/** Style rules enough to bring a page to the size of real ones. */
export function styleSheet(salt: number): string {
  const count = 100 + choose(260, salt, 67)
  const rules = Array.from({ length: count }, (_, number) => {
    const width = 40 + choose(900, salt, number, 68)
    const colour = choose(0x1000000, salt, number, 69).toString(16).padStart(6, '0')
    return `.c${number}{width:${width}px;line-height:${18 + (number % 14)}px;color:#${colour};margin:0 auto;overflow:hidden}`
  })
  return `body{margin:0;font-size:12px;font-family:"宋体"}a{text-decoration:none;color:#333}p a,a[href="/"],a[href="#"]{text-decoration:underline}\n${rules.join('\n')}`
}
