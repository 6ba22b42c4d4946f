/** A column of a table. */
export interface TableColumn {
  /** Unlike any other of the table. */
  readonly name: string
  readonly label: string
  /** Its head is read out, not shown. */
  readonly isLabelHidden?: boolean
  readonly isNumber?: boolean
  /** Left out below half a window (`desk`) or on a telephone (`tablet`); its cells have the class `from-…`. */
  readonly from?: 'desk' | 'tablet'
  /** A head over the heads of those neighbours that have the same. */
  readonly over?: string
}

/** A column of a list that is worked on; the name is the class of its cells, too. */
export interface ListColumn extends TableColumn {
  /** Any length of CSS; one column at least has none, and takes the rest. */
  readonly width?: string
  /** It is left out where there is no room; such columns come last. */
  readonly mayHide?: boolean
}
