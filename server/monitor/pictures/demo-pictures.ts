import { readFile } from 'node:fs/promises'
import type { PictureMark } from '../../../shared/monitor/pictures/pictures.ts'

/** What of each picture of the demo is outlined. */
const MARKS = {
  old: '页面上最新的一条（已超过时限）',
  new: '新发布的一条',
  blank: '本栏目暂无内容',
  filled: '新发布的一条',
  broken: '附件：申请表（打不开）',
  mended: '附件：申请表',
  error: null,
  home: null,
  guide: '联系电话：（空号）',
  'guide-whole': null,
  letters: '未答复（超过三个月）',
  answered: null,
  leaders: '副主任（已离任）',
  word: '经区人名政府批准',
} as const
export type DemoPicture = keyof typeof MARKS
export const DEMO_PICTURES = Object.keys(MARKS) as readonly DemoPicture[]

/** What a rule's picture shows in the demo, while it is broken and once it is not. */
const OF_RULES: Readonly<Record<string, readonly [DemoPicture, DemoPicture]>> = {
  DOWN: ['error', 'home'],
  V1: ['error', 'home'],
  V2: ['old', 'new'],
  V3: ['blank', 'filled'],
  LINKS: ['broken', 'mended'],
  'attachment-opens': ['broken', 'mended'],
  'page-guide': ['guide', 'guide-whole'],
  'mark-official': ['home', 'home'],
  'mark-report': ['home', 'home'],
  'mark-map': ['home', 'home'],
  V5: ['letters', 'answered'],
  'page-messages': ['letters', 'answered'],
  'dates-forged': ['new', 'old'],
}

/** The picture of the demo for a rule; of rules without one, null. */
export function demoPictureOf(rule: string | null, isBroken: boolean): DemoPicture | null {
  const pair = rule === null ? undefined : OF_RULES[rule]
  return pair?.[isBroken ? 0 : 1] ?? null
}

/** What a picture shows that a person's finding is about, by its rule; of others a guide. */
const OF_FINDINGS: Readonly<Record<string, DemoPicture>> = {
  ...{
    V4: 'word',
    V5: 'letters',
    S4d: 'leaders',
    S5a: 'home',
    S6: 'answered',
    S7: 'answered',
    S9b: 'broken',
  },
}

/** The picture of the demo for what a person has found. */
export const demoPictureOfFinding = (rule: string): DemoPicture => OF_FINDINGS[rule] ?? 'guide'

/** The files lie with the sources, which a built program has beside it. */
const FOLDER = import.meta.url.endsWith('.ts') ? './demo/' : '../../server/monitor/pictures/demo/'

/** A picture that the demo brings: drawn, and said to be so on it. */
export async function demoPicture(
  name: DemoPicture,
): Promise<{ bytes: Buffer; mark: PictureMark | null; isMarked: boolean }> {
  const text = MARKS[name]
  const bytes = await readFile(new URL(`${FOLDER}${name}.jpg`, import.meta.url))
  return { bytes, mark: text === null ? null : { text }, isMarked: text !== null }
}
