import { page, RIGHT, said } from '../../marks/foot.table.ts'
import { tableOf } from '../../planted-table.ts'

/* A third round: how the foot of a page writes its signs. */

const foot = (code: string) =>
  page(
    `<div class="foot">${Object.values({ ...RIGHT, code })
      .map((one) => `<p>${one}</p>`)
      .join('')}</div>`,
  )
const numbers = (text: string) => [...text].map((sign) => `&#${sign.codePointAt(0)};`).join('')

const OTHER = [
  '网站标识码：&#x20;4401060002',
  `${numbers('网站标识码')}：4401050001`,
  '网站标识码：&thinsp;',
  '网站标识码：&#x200b;',
]
const SAME = [
  '政府网站标识码：&#x20;4401060001',
  `${numbers('网站标识码')}：4401060001`,
  `网站标识码：${numbers('4401060001')}`,
  '网站标识码：&thinsp;4401060001',
  '网站标识码：\u200b4401060001',
  '网站标识码&#65306;4401060001',
]
export const CODE_THIRD = tableOf(
  'mark-code',
  OTHER.map(foot),
  SAME.map(foot),
  (html) => said('mark-code', html).outcome,
)
