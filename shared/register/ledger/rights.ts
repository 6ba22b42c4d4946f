import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'register.edit': true
    'register.place': true
  }
}

/**
 * A district office keeps what the register says of its own sites. What decides where a site belongs, and that there is
 * one at all, is the working group's.
 */
bringRights({
  'register.edit': ['admin', 'workgroup', 'district'],
  'register.place': ['admin', 'workgroup'],
})
