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
  'page-guide': ['guide', 'filled'],
  'mark-official': ['home', 'home'],
  'mark-report': ['home', 'home'],
  'mark-map': ['home', 'home'],
  V5: ['home', 'home'],
  'dates-forged': ['new', 'old'],
}

/** The picture of the demo for a rule; of rules without one, null. */
export function demoPictureOf(rule: string | null, isBroken: boolean): DemoPicture | null {
  const pair = rule === null ? undefined : OF_RULES[rule]
  return pair?.[isBroken ? 0 : 1] ?? null
}

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
