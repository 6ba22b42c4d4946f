import { type Answer, listOf, ok, pageOf, SAFE_HEADERS, type Variant, wellKept } from '../showing.ts'
import { homeShown } from '../shown.ts'

type Change = Partial<Pick<Answer, 'headers' | 'trouble'>>
type Made = Readonly<Record<string, Change>>
const { 'content-security-policy': policy, ...WITHOUT_POLICY } = SAFE_HEADERS

const HEADER_FAULTS: Made = {
  headersNone: { headers: {} },
  headersOne: { headers: { 'x-content-type-options': 'nosniff' } },
  headersWrong: { headers: { 'content-security-policy': 'nonsense', 'x-frame-options': 'sometimes' } },
}
const HEADER_LOOK_ALIKES: Made = {
  headersGood: {},
  headersByPolicy: {
    headers: { ...WITHOUT_POLICY, 'content-security-policy': `${policy}; base-uri 'self'` },
  },
  headersDenied: { headers: { ...SAFE_HEADERS, 'x-frame-options': 'DENY' } },
}
const TIME_FAULTS: Made = { verySlow: { trouble: 'verySlow' } }
const TIME_LOOK_ALIKES: Made = { slowButInTime: { trouble: 'slow' }, quick: {} }

const of = (rule: string, made: Made, isFault: boolean): Variant[] =>
  Object.entries(made).map(([what, change]) => ({
    ...{ rule, what, isFault },
    show: homeShown((asked) => ({ ...ok(pageOf({ list: listOf(wellKept(asked)) })), ...change })),
  }))

/** Of the line what one server can show as well as another; the rest of it is planted among the fleet alone. */
export const HEADER_VARIANTS: readonly Variant[] = [
  ...of('line-headers', HEADER_FAULTS, true),
  ...of('line-headers', HEADER_LOOK_ALIKES, false),
  ...of('line-slow', TIME_FAULTS, true),
  ...of('line-slow', TIME_LOOK_ALIKES, false),
]
