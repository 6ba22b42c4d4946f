import type { Division } from '../../../../shared/register/divisions/divisions.ts'
import type { DivisionTree } from '../../divisions/tree.ts'

/** What rows are placed by. */
export interface Places {
  readonly tree: DivisionTree
  readonly area: string
  /** Groups that there are already: what lies outside the area, but was let in once, is asked about no more. */
  readonly groups: ReadonlySet<string>
}

/** A division; or what has to be asked before there is one. */
export type Where = { readonly division: Division; readonly own?: 'portal' | 'dept' } | Asked

/** What has to be asked of a row before it is anywhere. */
export type Asked = { readonly key: string } & (
  | { readonly kind: 'unknownCode'; readonly code: string }
  | { readonly kind: 'unknownPlace'; readonly text: string }
  | { readonly kind: 'outside'; readonly place: Division }
)
