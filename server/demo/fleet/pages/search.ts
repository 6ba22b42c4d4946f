import iconv from 'iconv-lite'
import { calendarDay } from '../../cast/calendar.ts'
import { servicesOf } from '../../cast/services.ts'
import { titleOf } from '../../cast/titles.ts'
import { itemsBefore } from '../publishing.ts'
import { templates } from './looks/index.ts'
import { fullDate } from './looks/look.ts'
import { documentOf, type Scene } from './pages.ts'

/** Items that the index of a site holds; answers on a page. */
const [INDEXED, SHOWN] = [400, 10]

/** What the search of a site answers; null for an address that asks for nothing. @param address path and query */
export function searchPage(scene: Scene, address: string): string | null {
  const typed = /[?&]q=([^&]*)/.exec(address)?.[1]
  if (typed === undefined) return null
  const words = decoded(typed)
  const found = servicesOf(scene.behaviour.publisher.salt).search === 'works' ? hits(scene, words) : []
  const list = found.map(
    ({ title, href, date }) => `<li><a href="${href}">${title}</a><span>${date}</span></li>`,
  )
  const said =
    list.length > 0
      ? `<p>为您找到相关结果约 ${list.length} 条</p><ul class="ss">${list.join('\n')}</ul>`
      : '<p>很抱歉，没有找到相关内容，请更换关键词。</p>'
  return documentOf(scene, '站内搜索', `<h2>站内搜索</h2>${said}`)
}

function hits({ site, behaviour: { traits, publisher, edition }, atMs }: Scene, words: string) {
  const found: { title: string; href: string; date: string }[] = []
  let looked = 0
  for (const item of itemsBefore(publisher, atMs, edition)) {
    if (looked++ === INDEXED || found.length === SHOWN) break
    const title = titleOf(item, site.unit, publisher.salt)
    const date = calendarDay(item.day)
    if (words !== '' && title.includes(words)) {
      found.push({ title, href: templates[traits.look].articlePath(item, date), date: fullDate(date) })
    }
  }
  return found
}

/** Words as a form sent them: in UTF-8 or, from a page in GBK, in that. */
function decoded(typed: string): string {
  const plain = typed.replaceAll('+', ' ')
  try {
    return decodeURIComponent(plain)
  } catch {
    const bytes = plain.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    return iconv.decode(Buffer.from(bytes, 'latin1'), 'gbk')
  }
}

/** The search of some sites does not open. */
export const isSearchBroken = ({ behaviour: { publisher } }: Scene, address: string): boolean =>
  /^\/about\/query\.html\?(?:.*&)?q=/.test(address) && servicesOf(publisher.salt).search === 'broken'
