import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { sentenceFor } from '../../../server/base/http/language.ts'
import { Refusal } from '../../../server/base/refusal.ts'
import type { Reason } from '../../../server/base/words/refusals.ts'

const server = fileURLToPath(new URL('../../../server', import.meta.url))
const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/(?:^|\/)words\//.test(file))
  .map((file) => readFileSync(join(server, file), 'utf8'))
  .join('\n')
const locales = fileURLToPath(new URL('../../../shared/locales', import.meta.url))
/** The words that all have, and those that nouns bring. */
function wordsIn(language: string): Record<Reason, string> {
  const brought = readdirSync(join(locales, language, 'refusals')).map((file) => `refusals/${file}`)
  const files = ['refusals.json', ...brought].map((file) =>
    readFileSync(join(locales, language, file), 'utf8'),
  )
  return Object.assign({}, ...files.map((text) => JSON.parse(text)))
}
const REFUSALS_EN = wordsIn('en')
const REFUSALS_ZH = wordsIn('zh-CN')
const reasons = Object.keys(REFUSALS_ZH) as Reason[]
const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()

/** What stands between the brackets of a call, of the text that follows its opening one. */
function argumentsOf(text: string): string {
  let depth = 1
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return text.slice(0, at)
  }
  return text
}

describe('the words of refusals', () => {
  it('say the same in both languages', () => {
    expect(Object.keys(REFUSALS_EN).sort()).toEqual([...reasons].sort())
  })

  it('are Chinese here and English there', () => {
    for (const reason of reasons) {
      expect(REFUSALS_ZH[reason], reason).toMatch(/\p{Script=Han}/u)
      expect(REFUSALS_EN[reason], reason).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it('are all used', () => {
    const families = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '')
    const unused = reasons.filter(
      (reason) => !sources.includes(`'${reason}'`) && !families.some((family) => reason.startsWith(family)),
    )
    expect(unused).toEqual([])
  })

  it('are given every value that they name', () => {
    const calls = sources.split('new Refusal(').slice(1).map(argumentsOf)
    const missing = calls.flatMap((call) => {
      const reason = reasons.find((one) => call.includes(`'${one}'`))
      if (!reason) return []
      const wanted = names(`${REFUSALS_ZH[reason]}${REFUSALS_EN[reason]}`)
      return wanted
        .filter((name) => !new RegExp(`\\b${name}\\b`).test(call.replace(`'${reason}'`, '')))
        .map((name) => `${reason}: ${name}`)
    })
    expect(missing).toEqual([])
  })

  it('stand in no other place: no sentence is written where something is refused', () => {
    const calls = sources.split('new Refusal(').slice(1).map(argumentsOf)
    expect(calls.length).toBeGreaterThan(150)
    expect(calls.filter((call) => /\p{Script=Han}/u.test(call))).toEqual([])
  })
})

describe('a refusal', () => {
  const refusal = new Refusal('invalid', 'notifications.groupRobotDistrictWorkingGroup')

  it('is said in the language of the browser, and in both to a program that asks for neither', () => {
    const zh = sentenceFor(refusal, 'zh-CN,zh;q=0.9')
    const en = sentenceFor(refusal, 'en-US')
    expect(zh).toBe(REFUSALS_ZH[refusal.reason])
    expect(en).toBe(REFUSALS_EN[refusal.reason])
    expect(sentenceFor(refusal, undefined)).toBe(zh + en)
  })
})
