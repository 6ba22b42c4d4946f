import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'document.make': true
    'document.review': true
    'document.reply': true
    'template.manage': true
  }
}

/** Each makes documents of its own part; what is issued for the whole is looked through by a second of the working group. */
bringRights(
  {
    'document.make': ['admin', 'workgroup', 'district', 'vendor'],
    'document.review': ['admin', 'workgroup'],
    'document.reply': ['unit'],
    'template.manage': ['admin', 'workgroup'],
  },
  ['template.manage'],
)
