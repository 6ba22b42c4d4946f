import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'wrongWord.manage': true
  }
}

bringRights({ 'wrongWord.manage': ['admin', 'workgroup'] }, ['wrongWord.manage'])
