import { dayNumber } from '../../cast/calendar.ts'
import { type FleetLetter, fleetLetters, letterDay, messageStyle } from '../messages.ts'
import { plainPath } from './chrome.ts'
import { documentOf, type Scene } from './pages.ts'

/** The letter box in the menu of every site. */
export const MAILBOX = 'mailbox'
const NAME = '领导信箱'

/** The letter box of a site, or one letter of it; null where it is a plain page as others. */
export function messagesPage(scene: Scene, slug: string): string | null {
  const { salt } = scene.behaviour.publisher
  const letters = fleetLetters(salt, dayNumber(scene.atMs))
  if (letters.length === 0) return null
  if (slug === MAILBOX) return documentOf(scene, NAME, listOf(letters, salt))
  const one = letters.find(({ id }) => slug === `letter-${id}`)
  return one ? documentOf(scene, one.title, letterOf(one, scene.site.unit)) : null
}

const link = ({ id, title }: FleetLetter): string =>
  `<a href="${plainPath(`letter-${id}`)}" target="_blank" title="${title}">${title}</a>`

/** Half of them as a table with the day of the answer, the others as a list that says what has become of each. */
function listOf(letters: readonly FleetLetter[], salt: number): string {
  const head = `<h2>${NAME}</h2>`
  if (messageStyle(salt) === 'undated') {
    return `${head}<ul class="xx">${letters.map((one) => `<li>${link(one)}</li>`).join('\n')}</ul>`
  }
  if (salt % 2 === 0) {
    const rows = letters.map(
      (one) =>
        `<tr><td>${one.id}</td><td>${link(one)}</td><td>${letterDay(one.day)}</td><td>${one.answeredDay === null ? '' : letterDay(one.answeredDay)}</td></tr>`,
    )
    return `${head}<table class="xx"><tr><th>编号</th><th>信件标题</th><th>来信日期</th><th>回复日期</th></tr>${rows.join('\n')}</table>`
  }
  const items = letters.map(
    (one) =>
      `<li>${link(one)}<span>${letterDay(one.day)}</span><em>${one.answeredDay === null ? '【处理中】' : '【已回复】'}</em></li>`,
  )
  return `${head}<ul class="xx">${items.join('\n')}</ul>`
}

function letterOf({ title, day, answeredDay }: FleetLetter, unit: string): string {
  const answer =
    answeredDay === null
      ? '<p>办理状态：处理中</p>'
      : `<p>答复单位：${unit}</p><p>答复内容：您好，来信收悉，有关情况已核实办理，如有疑问请到服务窗口咨询。</p><p>答复时间：${letterDay(answeredDay)}</p>`
  return `<h1>${title}</h1><p>来信时间：${letterDay(day)}</p><p>您好，想了解这件事怎么办，请答复。</p>${answer}`
}
