import { newRound } from '../../shared/census/rounds/rounds.ts'

/** A guarded period of two days from Thursday, 12 March 2026, as somebody fills it in: zero reports at 8 and at 17, half an hour's grace. */
export const guardPlan = (guard: object = {}, more: object = {}) =>
  newRound.parse({
    ...{ kind: 'guard', opensOn: '2026-03-10', dueOn: '2026-03-11' },
    guard: {
      ...{ name: '两会保障', from: '2026-03-12', to: '2026-03-13', hours: ['08:00', '17:00'], graceMin: 30 },
      ...guard,
    },
    ...more,
  })
