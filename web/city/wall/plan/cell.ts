/** A wrong tile's cell in the units of the marks, which are 24 wide: the mark in the middle, room for edge and corner. */
export const CELL = 31
export const INSET = (CELL - 24) / 2
/** A tile of which nothing is asked needs less room around its mark. */
export const SMALL_CELL = 25
/** The line under the mark of a portal. */
export const portalLine = (cell: number): string => `M5.5 ${cell - 1.4}H${cell - 5.5}`
