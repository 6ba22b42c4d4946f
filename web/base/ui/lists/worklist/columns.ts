/** A column of a list. */
export interface ListColumn {
  /** Class of its cells, too. */
  readonly name: string
  readonly label: string
  /** Its head is read out, not shown. */
  readonly isLabelHidden?: boolean
  readonly isNumber?: boolean
  /** It is left out where there is no room; such columns come last. */
  readonly mayHide?: boolean
}
