import { localDay, MINUTE, startOfDay } from '../../../shared/base/time.ts'
import { planOf } from './plan.ts'
import { type Answer, type Asked, dice, NOT_FOUND } from './showing.ts'
import { wellShown } from './shown.ts'

/** Who asks, and what stands behind `?`. */
export type Asking = Pick<Asked, 'isRobot' | 'query'>

/** What the test site answers at an instant: its home page names its pages, and each shows what is planted on it by then. */
export function plantedAnswer(
  seed: number,
  path: string,
  atMs: number,
  asking: Asking = { isRobot: false, query: '' },
): Answer {
  const day = localDay(atMs)
  const plan = planOf(seed, day)
  if (path === '/') return { status: 200, body: indexOf(plan.map(({ slot }) => slot)) }
  const asked = /^\/case\/(\d{1,4})\/([^?#]*)$/.exec(path)
  const planted = plan.find(({ slot }) => slot === Number(asked?.[1]))
  if (!asked || !planted) return NOT_FOUND
  const minute = (atMs - startOfDay(day)) / MINUTE
  const isShown = planted.fromMinute <= minute && minute < planted.toMinute
  const show = isShown ? planted.variant.show : wellShown
  return show({ day, minute, salt: dice(seed, day, planted.slot) % 1_000, ...asking }, asked[2] ?? '')
}

const indexOf = (slots: readonly number[]): string =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>监测校验站</title></head>
<body><h1>监测校验站</h1><p>本站页面均为虚构，每晚按计划设置故障，用于核验监测是否准确。</p>
<ul>${slots.map((slot) => `<li><a href="/case/${slot}/">${slot}</a></li>`).join('')}</ul></body></html>`
