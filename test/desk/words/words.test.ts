import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALERT_FACTS } from '../../../shared/desk/alerts/facts.ts'
import { NOTICE_EVENTS } from '../../../shared/desk/notifications/notifications-rules.ts'
import { PAUSE_FACTS } from '../../../shared/desk/pauses/facts.ts'
import { RECTIFICATION_FACTS } from '../../../shared/desk/rectifications/facts.ts'
import { STEPS, VERIFICATION_RESULTS } from '../../../shared/desk/rectifications/rectifications.ts'
import { CAUSES } from '../../../shared/monitor/visit/probes.ts'
import { PERMISSIONS } from '../../../shared/people/rights/rights-rules.ts'
import { AVAILABILITIES, VERDICTS } from '../../../shared/register/sites/states.ts'
import { ALERT_STEPS } from '../../../web/desk/alerts/steps/useAlertActions.ts'
import { SORTS } from '../../../web/register/sites/listing.ts'
import { flatten, wordsOf } from '../../support/words.ts'

/** The wings and rooms of the browser, but for what is not of the desk's tree. */
const ROOMS = readdirSync('web').filter((name) => !/^public$|\./.test(name))

const zh = new Map(flatten(wordsOf('zh-CN')))
const en = new Map(flatten(wordsOf('en')))

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : []
  })
}

describe('words of the desk', () => {
  it('has every key that its pages name', () => {
    const code = ROOMS.flatMap((room) => sources(`web/${room}`)).join('\n')
    const literal = [...code.matchAll(/\bt\(\s*'([a-zA-Z]+(?:\.[\w.]+)+)'/g)].map((match) => match[1]!)
    const prefixes = [...code.matchAll(/\bt\(\s*`([a-zA-Z]+\.(?:[\w]+\.)*)\$\{/g)].map((match) => match[1]!)
    expect(literal.length).toBeGreaterThan(100)
    expect(literal.filter((key) => !zh.has(key))).toEqual([])
    expect(prefixes.filter((prefix) => ![...zh.keys()].some((key) => key.startsWith(prefix)))).toEqual([])
  })

  it('has at hand in both languages what is said in a certain one', () => {
    const code = ROOMS.flatMap((room) => sources(`web/${room}`)).join('\n')
    const said = [...code.matchAll(/\bt\(\s*['`]([\w.]+)[^()]*(?:\([^()]*\)[^()]*)*\{ locale\b/g)].map(
      (match) => match[1]!,
    )
    expect(said).toContain('nav.')
    expect(said.length).toBeGreaterThan(3)
    const atHand = flatten(wordsOf('zh-CN', 'common')).map(([key]) => key)
    expect(said.filter((start) => !atHand.some((key) => key.startsWith(start)))).toEqual([])
  })

  it('has plain quotes in English: the fonts of Chinese draw curly ones as wide as a character', () => {
    const curly = [...en].filter(([, text]) => /[‘’“”]/.test(text))
    expect(curly.map(([key]) => key)).toEqual([])
  })

  it('has a word in both languages for every code of the contract', () => {
    const codes = [
      ...CAUSES.map((cause) => `cause.${cause}`),
      ...AVAILABILITIES.map((one) => `availability.${one}`),
      ...VERDICTS.map((one) => `verdict.${one}`),
      ...[...ALERT_FACTS, ...RECTIFICATION_FACTS, ...PAUSE_FACTS].map((kind) => `facts.${kind}`),
      ...NOTICE_EVENTS.map((event) => `notifications.event.${event}`),
      ...VERIFICATION_RESULTS.map((one) => `rectifications.result.${one}`),
      ...STEPS.flatMap((step) => [`rectifications.step.${step}`, `rectifications.done.${step}`]),
      ...ALERT_STEPS.flatMap((step) => [`alerts.${step}`, `alerts.done.${step}`]),
      ...SORTS.map((sort) => `sites.sort.${sort}`),
      ...Object.keys(PERMISSIONS).flatMap((action) => [
        `rights.may.${action}`,
        `rights.noun.${action.split('.')[0]}`,
      ]),
    ]
    expect(codes.filter((code) => !zh.has(code) || !en.has(code))).toEqual([])
  })

  it('says the same figures in both languages', () => {
    const figures = (text: string) =>
      [...(text.split(' | ').at(-1) ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
    const different = [...zh].filter(([key, text]) => `${figures(text)}` !== `${figures(en.get(key) ?? '')}`)
    expect(different).toEqual([])
  })

  it('has no character that vue-i18n would take for its own, but for words of the place', () => {
    const ofThePlace = /@(\.lower)?:\{'place\.(whole|part|group|groups|zone)'\}/g
    const taken = [...zh, ...en].filter(([, text]) => /@|(?<! )\||\|(?! )/.test(text.replace(ofThePlace, '')))
    expect(taken).toEqual([])
  })
})
