import { messages } from '../../../../server/monitor/inspections/pages/messages.ts'
import type { Tools } from '../../../../server/monitor/inspections/rule.ts'
import { readMessages } from '../../../../server/monitor/schedule/messages.ts'
import { slicedReader } from '../../../../server/monitor/visit/reading/reader.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import { addDays } from '../../../../shared/base/time.ts'
import { judgeMessages } from '../../../../shared/monitor/messages/messages-rules.ts'
import { SITE } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

/** A letter: how many days ago it came, and whether it has an answer. */
export type Letter = readonly [age: number, isAnswered: boolean]

const dayOf = (age: number) => addDays(SITE.today, -age)
const link = (n: number) => `<a href="/hd/${n}.html">请问第${n}件事在哪里办理</a>`
const rows = (letters: readonly Letter[], row: (letter: Letter, n: number) => string) =>
  letters.map(row).join('')
/** As systems of government sites list letters. */
const LAYOUTS: readonly ((letters: readonly Letter[]) => string)[] = [
  (letters) =>
    `<table><tr><th>编号</th><th>信件标题</th><th>来信日期</th><th>回复日期</th></tr>${rows(letters, ([age, is], n) => `<tr><td>${n}</td><td>${link(n)}</td><td>${dayOf(age)}</td><td>${is ? dayOf(age - 2) : ''}</td></tr>`)}</table>`,
  (letters) =>
    `<ul>${rows(letters, ([age, is], n) => `<li>${link(n)}<span>[${dayOf(age)}]</span>【${is ? '已回复' : '处理中'}】</li>`)}</ul>`,
  (letters) =>
    `<table><tr><th>标题</th><th>时间</th><th>状态</th></tr>${rows(letters, ([age, is], n) => `<tr><td>${link(n)}</td><td>${dayOf(age)}</td><td>${is ? '已办结' : '待答复'}</td></tr>`)}</table>`,
  (letters) =>
    `<div>${rows(letters, ([age, is], n) => `<dl><dt>${link(n)}</dt><dd>来信时间：${dayOf(age)}</dd><dd>办理情况：${is ? '已答复' : '未答复'}</dd></dl>`)}</div>`,
]
const answered = (...ages: number[]): Letter[] => ages.map((age) => [age, true])
const waits = (age: number): Letter => [age, false]

const FAULTY = LAYOUTS.flatMap((layout) =>
  [93, 120, 200, 300, 360].map((age) => layout([...answered(4, 30), waits(age), ...answered(100)])),
)
const SOUND = LAYOUTS.flatMap((layout) => [
  layout(answered(3)),
  layout(answered(3, 60, 180, 300)),
  ...[1, 20, 60, 88].map((age) => layout([waits(age), ...answered(30, 100)])),
  ...[368, 500, 900].map((age) => layout([...answered(30, 100), waits(age)])),
  layout([waits(2), waits(5), waits(40)]),
  layout([...answered(95, 200), waits(10), waits(400)]),
])

export const saysOf = async (list: string) => {
  const failed = failedVisit('http_4xx')
  const html = `<html><head><title>领导信箱</title></head><body><h2>领导信箱</h2>${list}</body></html>`
  const visit = async ({ url }: { url: string }) => ({
    result: { ...failed.result, outcome: 'ok' as const, cause: null, finalUrl: url },
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: new TextEncoder().encode(html),
  })
  const by = { prober: { visit, close() {} }, reader: slicedReader, ref: SITE.today }
  const { signal } = new AbortController()
  const reading = await readMessages({ ...by, signal }, `${SITE.url}hd/index.html`)
  const verdict = judgeMessages([{ reading }], SITE.today)
  const tools = { kept: { messages: async () => verdict } } as unknown as Tools
  return (await messages.measure(SITE, tools)).outcome
}

/** Letters that have waited too long; those that have an answer, came lately, or long before the year. */
export const LETTERS = tableOf('page-messages', FAULTY, SOUND, saysOf)
