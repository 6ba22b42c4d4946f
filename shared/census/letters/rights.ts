import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'letter.read': true
    'letter.record': true
    'letter.assign': true
    'letter.answer': true
    'letter.review': true
    'letter.publish': true
    'letter.forget': true
  }
}

/** What citizens write is for those who handle it: neither for who watches the sites nor for who looks on. */
bringRights({
  'letter.read': ['admin', 'workgroup', 'district', 'unit'],
  'letter.record': ['admin', 'workgroup', 'district'],
  'letter.assign': ['admin', 'workgroup', 'district'],
  'letter.answer': ['admin', 'workgroup', 'district', 'unit'],
  // Of the unit itself, or above it; never who has written the answer.
  'letter.review': ['admin', 'workgroup', 'district', 'unit'],
  'letter.publish': ['admin', 'workgroup'],
  'letter.forget': ['admin', 'workgroup'],
})
