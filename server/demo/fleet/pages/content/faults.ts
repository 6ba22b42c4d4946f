import { chance, choose, pick } from '../../../cast/random.ts'
import { PORT } from '../foreign.ts'

/*
 * What is wrong with the content of some made-up sites, for good: links that somebody has hidden, on the page or in a script that it
 * takes in, keywords that somebody has changed, lists of persons that were published as they are, words that are written wrongly.
 * Persons and numbers are made up.
 */

export const CONTENT_FAULTS = [
  ...['hidden', 'tampered', 'persons', 'personFile', 'wrongWord', 'hiddenByFile'],
] as const
export type ContentFault = (typeof CONTENT_FAULTS)[number]

/** The share of sites that have each. */
const SHARES: Readonly<Record<ContentFault, number>> = {
  hidden: 0.012,
  tampered: 0.006,
  persons: 0.015,
  personFile: 0.01,
  wrongWord: 0.04,
  hiddenByFile: 0.012,
}

/** What is wrong with the content of a site, by its salt. */
export const contentFaults = (salt: number): ContentFault[] =>
  CONTENT_FAULTS.filter((fault, n) => chance(salt, 131, n) < SHARES[fault])

const has = (salt: number, fault: ContentFault): boolean => contentFaults(salt).includes(fault)

/** Where a site lists whom it supports, and the same as a file. */
export const PERSONS_PATH = '/about/assistance.html'
export const PERSONS_FILE = '/files/assistance.xlsx'
export const PERSONS_NAME = '救助对象公示'

/** One site in five publishes such a list; most of them masked. */
export const listsPersons = (salt: number): boolean =>
  chance(salt, 132) < 0.2 || has(salt, 'persons') || has(salt, 'personFile')

/** Where hidden links of the demo lead, and what they say. */
export const HIDDEN_HOST = 'lingnan-tour.localhost'
export const HIDDEN_LINKS = ['澳门新葡京官网', '真人视讯开户'] as const
const HIDDEN = `<div style="position:absolute;left:-9999px;top:0">${HIDDEN_LINKS.map((text) => `<a href="http://www.${HIDDEN_HOST}:${PORT}/">${text}</a>`).join('')}</div>`
export const KEYWORDS = '百家乐,真人视讯,体育投注,注册送彩金'

/** The same written by a script of the site's own that somebody has changed: a page as it is sent has nothing of it. */
export const DRAWN_HOST = 'lychee-club.localhost'
export const DRAWN_LINKS = ['皇冠体育投注', '澳门百家乐注册'] as const
export const SEASON_PATH = '/js/season.js'
const SEASON = `<script src="${SEASON_PATH}"></script>`

/** The script that writes them; null: the site has none. */
export const seasonScript = (salt: number): string | null =>
  has(salt, 'hiddenByFile')
    ? `document.write('<style>.season{position:absolute;top:0;left:-9999px}</style><div class="season">${DRAWN_LINKS.map((text) => `<a href="http://www.${DRAWN_HOST}:${PORT}/">${text}</a>`).join('')}</div>')`
    : null

/** A home page with what somebody has done to it. */
export function tamper(html: string, salt: number): string {
  const faults = contentFaults(salt)
  const more = `${faults.includes('hidden') ? HIDDEN : ''}${faults.includes('hiddenByFile') ? SEASON : ''}`
  const hidden = more === '' ? html : html.replace('</body>', `${more}</body>`)
  return faults.includes('tampered')
    ? hidden.replace('</title>', `</title><meta name="keywords" content="${KEYWORDS}" />`)
    : hidden
}

/** Wrong as people type it; the right form stands in the starter dictionary. */
const WRONG_SENTENCES = [
  {
    wrong: '人名政府',
    right: '人民政府',
    kind: 'phrase',
    sentence: '依照人名政府有关规定办理，并接受社会监督。',
  },
  { wrong: '依法制国', right: '依法治国', kind: 'phrase', sentence: '深入贯彻依法制国要求，规范办事程序。' },
  { wrong: '粤港澳大弯区', right: '粤港澳大湾区', kind: 'phrase', sentence: '主动服务粤港澳大弯区建设。' },
  { wrong: '黄浦区', right: '黄埔区', kind: 'place', sentence: '办公地址：广州市黄浦区，欢迎前来咨询。' },
  { wrong: '乡村震兴', right: '乡村振兴', kind: 'phrase', sentence: '扎实推进乡村震兴各项工作。' },
  { wrong: '行政复义', right: '行政复议', kind: 'other', sentence: '如不服，可以依法申请行政复义。' },
] as const

/** What is written wrongly on a site that does. */
export const wrongSaid = (salt: number): (typeof WRONG_SENTENCES)[number] => pick(WRONG_SENTENCES, salt, 133)

/** What the page about duties says besides, where somebody did not read it again. */
export const wrongSentence = (salt: number): string =>
  has(salt, 'wrongWord') ? `<p>${wrongSaid(salt).sentence}</p>` : ''

/** The persons of a list, its heads first; numbers as they are where somebody forgot to mask them. */
export const listed = (salt: number, where: 'persons' | 'personFile'): string[][] => [
  [...HEAD],
  ...persons(salt, !has(salt, where)),
]

const HEAD = ['序号', '姓名', '身份证号', '联系电话', '救助金额（元）'] as const
const SURNAMES = '陈李张黄梁林何周吴郑'
const GIVEN = '志强丽华建国小燕大文春梅国栋秀英家辉'
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const

function persons(salt: number, isMasked: boolean): string[][] {
  return Array.from({ length: 6 + choose(10, salt, 134) }, (_, n) => {
    const at = (size: number, part: number) => choose(size, salt, n, part)
    const given = 2 * at(GIVEN.length / 2, 135)
    const name = `${SURNAMES[at(SURNAMES.length, 136)]}${GIVEN.slice(given, given + 2)}`
    const born = `${1940 + at(60, 137)}${two(1 + at(12, 138))}${two(1 + at(28, 139))}`
    const number = withCheckDigit(`4401${two(3 + at(4, 140))}${born}${String(at(999, 141)).padStart(3, '0')}`)
    const phone = `13${at(10, 142)}${String(10_000_000 + at(89_999_999, 143))}`
    const cells = isMasked
      ? [`${name.slice(0, 1)}*`, mask(number, 6, 4), mask(phone, 3, 4)]
      : [name, number, phone]
    return [String(n + 1), ...cells, String(300 + 50 * at(20, 144))]
  })
}

const two = (number: number) => String(number).padStart(2, '0')
const mask = (text: string, head: number, tail: number) =>
  `${text.slice(0, head)}${'*'.repeat(text.length - head - tail)}${text.slice(-tail)}`

/** An identity number of nobody: seventeen digits with their check digit. */
export function withCheckDigit(body: string): string {
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(body[at]), 0)
  return `${body}${'10X98765432'[sum % 11]}`
}
